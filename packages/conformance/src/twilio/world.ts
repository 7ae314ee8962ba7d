/** What the handlers share: the state of the service, one call, one reply. */

import type { Account } from './accounts.js';
import type { SidSource } from './sids.js';
import type { Principal } from './wire/auth.js';

/** The whole state of one running service. */
export interface World {
  /** By Account SID. */
  readonly accounts: ReadonlyMap<string, Account>;
  readonly sids: SidSource;
  /** Unix time in milliseconds. */
  readonly clock: () => number;
}

/** One authenticated request that found its route. */
export interface Call {
  readonly world: World;
  readonly principal: Principal;
  readonly account: Account;
  /** Path with its format suffix, as called. */
  readonly path: string;
  /** The variable parts of the path. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
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
