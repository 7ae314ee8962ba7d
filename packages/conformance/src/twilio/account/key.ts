/** One API key: the record that the service keeps, and the resource that callers see. */

import { rfc2822 } from '../wire/dates.js';

export interface ApiKey {
  readonly sid: string;
  readonly secret: string;
  readonly kind: 'main' | 'standard' | 'restricted';
  friendlyName: string;
  /** What a restricted key may do, such as `{ "allow": ["/twilio/messaging/messages/create"] }`. Null for others. */
  policy: Readonly<Record<string, unknown>> | null;
  readonly createdAt: number;
  updatedAt: number;
}

/** A key of an account's setup. */
export function standing(
  key: Pick<ApiKey, 'sid' | 'secret' | 'kind'> & { friendlyName?: string },
  now: number,
): ApiKey {
  return { friendlyName: '', policy: null, ...key, createdAt: now, updatedAt: now };
}

/** A new key; its secret is fake, and derived from its SID. */
export function newKey(sid: string, kind: ApiKey['kind'], friendlyName: string, now: number): ApiKey {
  return standing({ sid, secret: `fake-secret-${sid.slice(2, 22)}`, kind, friendlyName }, now);
}

export function keyResource(key: ApiKey): Record<string, unknown> {
  return {
    sid: key.sid,
    friendly_name: key.friendlyName,
    date_created: rfc2822(key.createdAt),
    date_updated: rfc2822(key.updatedAt),
  };
}
