/** The routes of the simulated service, as a table, and the way from a request to its handler. */

import { accountResource } from './accounts.js';
import { createKey, deleteKey, fetchKey, listKeys, updateKey } from './keys.js';
import { createMessage } from './messages/create-message.js';
import { deleteMedia, fetchMedia, listMedia } from './messages/media.js';
import { deleteMessage, fetchMessage, listMessages, updateMessage } from './messages/messages.js';
import { buyNumber, fetchNumber, listNumbers, updateNumber } from './numbers.js';
import { checkAccountSid, checkRights, type Principal } from './wire/auth.js';
import { Refusal } from './wire/errors.js';
import { pageOf } from './wire/paging.js';
import type { Call, Reply, World } from './world.js';

export const API_ROOT = '/2010-04-01/';

interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below `/2010-04-01/Accounts`, without the format suffix; `:Name` is a variable part. */
  readonly path: string;
  /** `account` routes are closed to Standard keys. */
  readonly needs: 'account' | 'messaging';
  readonly openToTest: boolean;
  readonly handle: (call: Call) => Reply;
}

const ROUTES: readonly Route[] = [
  route('GET', '', 'account', listAccounts),
  route('GET', '/:AccountSid', 'account', fetchAccount),
  route('GET', '/:AccountSid/Keys', 'account', listKeys),
  route('POST', '/:AccountSid/Keys', 'account', createKey),
  route('GET', '/:AccountSid/Keys/:KeySid', 'account', fetchKey),
  route('POST', '/:AccountSid/Keys/:KeySid', 'account', updateKey),
  route('DELETE', '/:AccountSid/Keys/:KeySid', 'account', deleteKey),
  route('GET', '/:AccountSid/Messages', 'messaging', listMessages),
  { ...route('POST', '/:AccountSid/Messages', 'messaging', createMessage), openToTest: true },
  route('GET', '/:AccountSid/Messages/:MessageSid', 'messaging', fetchMessage),
  route('POST', '/:AccountSid/Messages/:MessageSid', 'messaging', updateMessage),
  route('DELETE', '/:AccountSid/Messages/:MessageSid', 'messaging', deleteMessage),
  route('GET', '/:AccountSid/Messages/:MessageSid/Media', 'messaging', listMedia),
  route('GET', '/:AccountSid/Messages/:MessageSid/Media/:MediaSid', 'messaging', fetchMedia),
  route('DELETE', '/:AccountSid/Messages/:MessageSid/Media/:MediaSid', 'messaging', deleteMedia),
  route('GET', '/:AccountSid/IncomingPhoneNumbers', 'messaging', listNumbers),
  { ...route('POST', '/:AccountSid/IncomingPhoneNumbers', 'messaging', buyNumber), openToTest: true },
  route('GET', '/:AccountSid/IncomingPhoneNumbers/:NumberSid', 'messaging', fetchNumber),
  route('POST', '/:AccountSid/IncomingPhoneNumbers/:NumberSid', 'messaging', updateNumber),
];

function route(method: Route['method'], path: string, needs: Route['needs'], handle: Route['handle']): Route {
  return { method, path: `${API_ROOT}Accounts${path}`, needs, openToTest: false, handle };
}

export interface Incoming {
  readonly method: string;
  /** With its format suffix. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
}

/**
 * Answers an authenticated request.
 *
 * @throws Refusal 20404 (no such path), 20004 (no such method there), and whatever the handler refuses
 */
export function dispatch(world: World, principal: Principal, incoming: Incoming): Reply {
  const path = incoming.path.replace(/\.json$/, '');
  const here = ROUTES.flatMap((candidate) => {
    const params = match(candidate.path, path);
    return params ? [{ candidate, params }] : [];
  });
  const found = here.find(({ candidate }) => candidate.method === incoming.method);
  const sid = here[0]?.params['AccountSid'];
  if (sid !== undefined) checkAccountSid(principal, sid);
  checkRights(principal, found?.candidate ?? { needs: 'messaging', openToTest: false });
  if (!found) throw here.length > 0 ? new Refusal(20004) : new Refusal(20404, { path: incoming.path });
  return found.candidate.handle({ ...incoming, world, principal, account: principal.account, params: found.params });
}

function match(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    if (part.startsWith(':') && value !== '') params[part.slice(1)] = value;
    else if (part !== value) return undefined;
  }
  return params;
}

function listAccounts(call: Call): Reply {
  const accounts = [{ sid: call.account.setup.sid }];
  const page = { path: call.path, query: call.query, key: 'accounts', sids: call.world.sids };
  return { status: 200, element: 'Accounts', fields: pageOf(accounts, page, () => accountResource(call.account)) };
}

function fetchAccount(call: Call): Reply {
  return { status: 200, element: 'Account', fields: accountResource(call.account) };
}
