/** What the handlers share: the state of the service, one call, one reply. */

import type { Account } from './accounts.js';
import type { Shelved } from './shelf.js';
import type { SidSource } from './sids.js';
import type { Principal } from './wire/auth.js';
import { Refusal } from './wire/errors.js';
import { type Listed, metaPageOf, pageOf } from './wire/paging.js';
import type { Delivery } from './wire/webhooks.js';

/** The whole state of one running service. */
export interface World {
  /** By Account SID. */
  readonly accounts: ReadonlyMap<string, Account>;
  readonly sids: SidSource;
  /** Unix time in milliseconds. */
  readonly clock: () => number;
  /** Messages that may wait for one sender; more are refused. */
  readonly senderQueue: number;
  /** Hears of every call of a webhook. */
  readonly delivered: (delivery: Delivery) => void;
}

/** One authenticated request that found its operation. */
export interface Call {
  readonly world: World;
  readonly principal: Principal;
  readonly account: Account;
  /** Path with its format suffix, as called. */
  readonly path: string;
  /** Where absolute links lead, such as `https://messaging.twilio.com`. */
  readonly origin: string;
  /** The variable parts of the path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  /** The body of a request whose media type is JSON; undefined for others, and for what is no JSON. */
  readonly json: unknown;
}

/** What a handler answers. Without `fields` the answer has no body. */
export interface Reply {
  readonly status: number;
  /** Name of the XML element that holds the fields. */
  readonly element?: string;
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** The path of an account's resources, which carries the SID that the caller used. */
export function accountPath(call: Call): string {
  return `/2010-04-01/Accounts/${call.principal.accountSid}`;
}

/** What a path names: the resource of that SID. @throws Refusal 20404 */
export function named<T>(call: Call, shelf: { get(sid: string): T | undefined }, param = 'Sid'): T {
  const found = shelf.get(call.params[param] ?? '');
  if (found === undefined) throw new Refusal(20404, { path: call.path });
  return found;
}

/** A page of the 2010 API. `element` names its list in XML. */
export function listReply<T extends Shelved>(call: Call, element: string, key: string, listed: Listed<T>): Reply {
  return { status: 200, element, fields: pageOf(listed, { ...call, key }) };
}

/** A list of the 2010 API that comes as a whole. */
export function wholeReply<T>(element: string, uri: string, key: string, items: readonly T[]): Reply {
  return { status: 200, element, fields: { [key]: items, uri } };
}

/** A page of a later product. */
export function metaListReply<T extends Shelved>(call: Call, key: string, listed: Listed<T>): Reply {
  return { status: 200, fields: metaPageOf(listed, { ...call, key }) };
}
