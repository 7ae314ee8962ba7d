/** One operation of the service: a method on a path of a product, and what answers it. */

import type { Guarded } from './permission.js';
import type { Product } from './wire/hosts.js';
import type { Call, Reply } from './world.js';

export interface Operation extends Guarded {
  readonly handle: (call: Call) => Reply;
}

type Handlers = Readonly<Record<string, Operation['handle']>>;

const METHODS = ['GET', 'POST', 'DELETE'] as const;

/**
 * Operations from a table whose keys are `METHOD path`.
 *
 * @example operationsOf('content', { 'GET /v1/Content': listContents })
 */
export function operationsOf(product: Product, handlers: Handlers, more: Partial<Operation> = {}): Operation[] {
  return Object.entries(handlers).map(([key, handle]) => {
    const [verb = '', path = ''] = key.split(' ');
    const method = METHODS.find((each) => each === verb);
    if (!method) throw new RangeError(`No method of the service: ${key}`);
    return { product, method, path, needs: 'resource', openToTest: false, ...more, handle };
  });
}

const ACCOUNT = '/2010-04-01/Accounts/{AccountSid}';

/** Operations of the 2010 API below an account, from a table whose keys are `METHOD /Resource`. */
export function accountOperations(handlers: Handlers, more: Partial<Operation> = {}): Operation[] {
  const table = Object.entries(handlers).map(([key, handle]) => [`${key.replace(' ', ` ${ACCOUNT}`)}.json`, handle]);
  return operationsOf('api', Object.fromEntries(table), more);
}
