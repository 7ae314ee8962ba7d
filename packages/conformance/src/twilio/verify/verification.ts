/** One verification: the record that the service keeps with its code, and the resource that callers see. */

import { iso8601 } from '../wire/dates.js';

export const VERIFY_CHANNELS = ['sms', 'whatsapp', 'call', 'email', 'sna', 'auto'] as const;

export type VerificationStatus = 'pending' | 'approved' | 'canceled' | 'max_attempts_reached' | 'expired';

/** A verification. Times are Unix milliseconds. */
export interface Verification {
  /** `VE…` */
  readonly sid: string;
  readonly serviceSid: string;
  /** E.164, or an address of mail. */
  readonly to: string;
  channel: string;
  /** What the person got; a test reads it from the running service. */
  readonly code: string;
  status: VerificationStatus;
  readonly sends: { readonly at: number; readonly channel: string }[];
  checks: number;
  readonly amount: string | null;
  readonly payee: string | null;
  readonly createdAt: number;
  updatedAt: number;
}

/** A code that nobody knows before: digits of the SID, so it is the same in every run. */
export function codeFor(sid: string, length: number): string {
  return [...sid.slice(2)]
    .map((digit) => String(Number.parseInt(digit, 16) % 10))
    .join('')
    .slice(0, length);
}

export function verificationResource(
  accountSid: string,
  origin: string,
  verification: Verification,
): Record<string, unknown> {
  return {
    ...sharedFields(accountSid, verification),
    lookup: { carrier: null },
    send_code_attempts: verification.sends.map(({ at, channel }) => ({
      time: iso8601(at),
      channel,
      attempt_sid: null,
    })),
    sna: null,
    url: `${origin}/v2/Services/${verification.serviceSid}/Verifications/${verification.sid}`,
  };
}

export function checkResource(accountSid: string, verification: Verification): Record<string, unknown> {
  return { ...sharedFields(accountSid, verification), sna_attempts_error_codes: [] };
}

function sharedFields(accountSid: string, verification: Verification): Record<string, unknown> {
  return {
    sid: verification.sid,
    service_sid: verification.serviceSid,
    account_sid: accountSid,
    to: verification.to,
    channel: verification.channel,
    status: verification.status,
    valid: verification.status === 'approved',
    amount: verification.amount,
    payee: verification.payee,
    date_created: iso8601(verification.createdAt),
    date_updated: iso8601(verification.updatedAt),
  };
}
