/** Short codes: the record, its resource, and what callers do with it. They are rented, never made here. */

import { rfc2822 } from '../wire/dates.js';
import { fieldsOf, type ParameterKind, type ValuesOf } from '../wire/parameters.js';

export const SHORT_CODE_PARAMETERS = {
  FriendlyName: 'text',
  SmsUrl: 'url',
  SmsMethod: 'method',
  SmsFallbackUrl: 'url',
  SmsFallbackMethod: 'method',
} as const satisfies Readonly<Record<string, ParameterKind>>;

/** A short code of an account. */
export interface ShortCode {
  readonly sid: string;
  /** Its digits. Named as that of an owned number: both are senders. */
  readonly phoneNumber: string;
  readonly createdAt: number;
  updatedAt: number;
  readonly values: ValuesOf<typeof SHORT_CODE_PARAMETERS>;
}

export function newShortCode(sid: string, phoneNumber: string, now: number): ShortCode {
  return {
    sid,
    phoneNumber,
    createdAt: now,
    updatedAt: now,
    values: { FriendlyName: phoneNumber, SmsUrl: '', SmsMethod: 'POST', SmsFallbackUrl: '', SmsFallbackMethod: 'POST' },
  };
}

export function shortCodeResource(accountSid: string, code: ShortCode): Record<string, unknown> {
  return {
    account_sid: accountSid,
    api_version: '2010-04-01',
    date_created: rfc2822(code.createdAt),
    date_updated: rfc2822(code.updatedAt),
    short_code: code.phoneNumber,
    sid: code.sid,
    uri: `/2010-04-01/Accounts/${accountSid}/SMS/ShortCodes/${code.sid}.json`,
    ...fieldsOf(code.values),
  };
}
