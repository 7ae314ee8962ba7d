/** What the service can do, as one table, and the way from a request to its handler. */

import { ACCOUNT_OPERATIONS } from './account/operations.js';
import { CALL_OPERATIONS } from './calls/operations.js';
import { CONTENT_OPERATIONS } from './content/operations.js';
import { EVENT_OPERATIONS } from './events/operations.js';
import { LOOKUP_OPERATIONS } from './lookups/operations.js';
import { MESSAGE_OPERATIONS } from './messages/operations.js';
import { MESSAGING_OPERATIONS } from './messaging/operations.js';
import { NUMBER_OPERATIONS } from './numbers/operations.js';
import type { Operation } from './operation.js';
import { VERIFY_OPERATIONS } from './verify/operations.js';
import { checkAccountSid, checkRights, type Principal } from './wire/auth.js';
import { Refusal } from './wire/errors.js';
import type { Site } from './wire/hosts.js';
import type { Call, Reply, World } from './world.js';

/** Every operation, in the order in which a path is looked for. */
export const OPERATIONS: readonly Operation[] = [
  ...ACCOUNT_OPERATIONS,
  ...MESSAGE_OPERATIONS,
  ...NUMBER_OPERATIONS,
  ...CALL_OPERATIONS,
  ...MESSAGING_OPERATIONS,
  ...CONTENT_OPERATIONS,
  ...LOOKUP_OPERATIONS,
  ...VERIFY_OPERATIONS,
  ...EVENT_OPERATIONS,
];

export type Incoming = Pick<Call, 'path' | 'query' | 'form' | 'json'> & { readonly method: string };

/**
 * Answers an authenticated request.
 *
 * @throws Refusal 20404 (no such path), 20004 (no such method there), and whatever the handler refuses
 */
export function dispatch(world: World, site: Site, principal: Principal, incoming: Incoming): Reply {
  const here = OPERATIONS.flatMap((operation) => {
    if (site.product !== null && site.product !== operation.product) return [];
    const params = match(operation.path, incoming.path);
    return params ? [{ operation, params }] : [];
  });
  const found = here.find(({ operation }) => operation.method === incoming.method);
  const sid = here[0]?.params['AccountSid'] ?? accountOf(here[0]);
  if (sid !== undefined) checkAccountSid(principal, sid);
  checkRights(principal, found?.operation);
  if (!found) throw here.length > 0 ? new Refusal(20004) : new Refusal(20404, { path: incoming.path });
  const { account } = principal;
  return found.operation.handle({ ...incoming, origin: site.origin, world, principal, account, params: found.params });
}

/** The account's own resource names it as `Sid`, as its description does. */
function accountOf(here: { operation: Operation; params: Record<string, string> } | undefined): string | undefined {
  return here?.operation.path === '/2010-04-01/Accounts/{Sid}.json' ? here.params['Sid'] : undefined;
}

/** The variable parts of a path. The 2010 API has each path also without its suffix: then it answers XML. */
function match(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.replace(/\.json$/, '').split('/');
  const given = (pattern.endsWith('.json') ? path.replace(/\.json$/, '') : path).split('/');
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    if (part.startsWith('{') && value !== '') params[part.slice(1, -1)] = decoded(value);
    else if (part !== value) return undefined;
  }
  return params;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
