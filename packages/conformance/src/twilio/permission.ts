/** What a Restricted key needs to be allowed for an operation. */

import type { Product } from './wire/hosts.js';

/** What the right to an operation depends on. */
export interface Guarded {
  readonly product: Product;
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** As the vendor's descriptions write it: `{Sid}` is a variable part, paths of the 2010 API end in `.json`. */
  readonly path: string;
  /** `account`: closed to Standard keys. */
  readonly needs: 'account' | 'resource';
  readonly openToTest: boolean;
}

/** Areas of what stands below an account in the 2010 API; the rest is `account`. */
const AREAS: Readonly<Record<string, string>> = { Messages: 'messaging', Calls: 'voice' };

/**
 * The permission that stands for an operation, made of product, resource and verb.
 *
 * @example permissionOf(createMessage) // '/twilio/messaging/messages/create'
 */
export function permissionOf({ method, path, product }: Guarded): string {
  const parts = path
    .replace(/\.json$/, '')
    .split('/')
    .slice(product === 'api' ? 4 : 2);
  const resources = parts.filter((part) => !part.startsWith('{'));
  const area = product === 'api' ? (AREAS[resources[0] ?? ''] ?? 'account') : product;
  const one = parts.at(-1)?.startsWith('{') === true;
  const verbs = { GET: one ? 'read' : 'list', POST: one ? 'update' : 'create', DELETE: 'delete' } as const;
  return ['/twilio', area, ...resources.map(kebab), verbs[method]].join('/');
}

function kebab(name: string): string {
  return name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}
