/** HTTP Basic authentication, and what each kind of credential may reach. */

import type { Account } from '../accounts.js';
import { type Guarded, permissionOf } from '../permission.js';
import { Refusal } from './errors.js';

/** How a caller proved itself. `test` is the account's second SID and token, which change nothing. */
export type CredentialKind = 'auth-token' | 'main' | 'standard' | 'restricted' | 'test';

export interface Principal {
  readonly account: Account;
  readonly kind: CredentialKind;
  /** The SID that the caller's paths must carry. */
  readonly accountSid: string;
  /** What a Restricted key may do. */
  readonly allowed?: readonly unknown[];
}

/**
 * Finds who is calling. Compares the pair exactly: a stray space makes it wrong.
 *
 * @throws Refusal 20003 (401) for a missing, malformed, unknown or deleted pair, for a suspended account, and for
 * credentials of another region than that of the host (null: the host is in none).
 */
export function authenticate(
  accounts: ReadonlyMap<string, Account>,
  region: string | null,
  authorization: string | undefined,
): Principal {
  const pair = basicPair(authorization);
  const principal = pair && findPrincipal(accounts, pair.user, pair.password);
  if (!principal || principal.account.setup.status === 'suspended') throw new Refusal(20003);
  if (region !== null && region !== (principal.account.setup.region ?? 'us1')) throw new Refusal(20003);
  return principal;
}

/** Reads `Basic …`: everything up to the first colon is the user. Undefined when it is not Basic. */
export function basicPair(authorization: string | undefined): { user: string; password: string } | undefined {
  const encoded = /^Basic +([A-Za-z0-9+/]+={0,2})$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? undefined : { user: text.slice(0, colon), password: text.slice(colon + 1) };
}

function findPrincipal(accounts: ReadonlyMap<string, Account>, user: string, password: string): Principal | undefined {
  for (const account of accounts.values()) {
    const { sid, authToken, test } = account.setup;
    if (user === sid && password === authToken) return { account, kind: 'auth-token', accountSid: sid };
    if (test && user === test.sid && password === test.authToken)
      return { account, kind: 'test', accountSid: test.sid };
    const key = account.keys.get(user);
    if (!key || key.secret !== password) continue;
    const allowed = key.policy?.['allow'];
    return { account, kind: key.kind, accountSid: sid, ...(Array.isArray(allowed) ? { allowed } : {}) };
  }
  return undefined;
}

/**
 * Checks a path's account SID against the caller.
 *
 * @throws Refusal 90002 (400) when an API key stands where the Account SID belongs, 20003 (401) for another account.
 */
export function checkAccountSid(principal: Principal, sid: string): void {
  if (sid.startsWith('SK')) throw new Refusal(90002, { sid });
  if (sid !== principal.accountSid) throw new Refusal(20003);
}

/**
 * Checks the right to an operation. Undefined: there is none, and who may do nothing need not know.
 *
 * @throws Refusal 20008 (403) for test credentials elsewhere than on the operations open to them, 20003 (401) for a
 * Standard key on accounts and keys, 70051 (403) for a Restricted key whose policy does not allow it.
 */
export function checkRights(principal: Principal, operation: Guarded | undefined): void {
  if (principal.kind === 'test' && !operation?.openToTest) throw new Refusal(20008);
  if (operation === undefined) return;
  if (principal.kind === 'standard' && operation.needs === 'account') throw new Refusal(20003);
  const permission = permissionOf(operation);
  if (principal.kind === 'restricted' && !principal.allowed?.includes(permission)) {
    throw new Refusal(70051, { permission });
  }
}
