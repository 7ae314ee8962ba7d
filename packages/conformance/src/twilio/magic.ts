/** Numbers with a fixed outcome: the vendor's test numbers, and this service's own for what happens after a 201. */

import type { TwilioErrorCode } from './wire/errors.js';

/** `From` numbers of the vendor's test-credential table. They act the same under live credentials here. */
export const MAGIC_FROM: Readonly<Record<string, TwilioErrorCode>> = {
  '+15005550001': 21212,
  '+15005550007': 21606,
  '+15005550008': 21611,
};

/** The sender that always passes. */
export const MAGIC_VALID_FROM = '+15005550006';

/** `To` numbers of the vendor's test-credential table. They act the same under live credentials here. */
export const MAGIC_TO: Readonly<Record<string, TwilioErrorCode>> = {
  '+15005550001': 21211,
  '+15005550002': 21612,
  '+15005550003': 21408,
  '+15005550004': 21610,
  '+15005550009': 21614,
};

/**
 * `To` numbers of this service alone: the message is accepted, then its delivery ends as given.
 * The last four digits are those of the error code: `…3003` gives 30003.
 */
export const MAGIC_DELIVERY: Readonly<Record<string, { status: 'failed' | 'undelivered'; code: number }>> = {
  '+15005553001': { status: 'failed', code: 30001 },
  '+15005553002': { status: 'failed', code: 30002 },
  '+15005553003': { status: 'undelivered', code: 30003 },
  '+15005553004': { status: 'undelivered', code: 30004 },
  '+15005553005': { status: 'undelivered', code: 30005 },
  '+15005553006': { status: 'undelivered', code: 30006 },
  '+15005553007': { status: 'undelivered', code: 30007 },
  '+15005553008': { status: 'undelivered', code: 30008 },
};

/** The number whose carrier never sends a receipt: a message to it stays `sent`. */
export const MAGIC_NO_RECEIPT = '+15005553000';

/** `From` numbers of a call, of the vendor's test-credential table. */
export const MAGIC_CALL_FROM: Readonly<Record<string, TwilioErrorCode>> = { '+15005550001': 21212 };

/** `To` numbers of a call, of the vendor's test-credential table. */
export const MAGIC_CALL_TO: Readonly<Record<string, TwilioErrorCode>> = {
  '+15005550001': 21217,
  '+15005550002': 21214,
  '+15005550003': 21215,
  '+15005550004': 21216,
};

/** `To` numbers of this service alone: the call rings, then ends as given. */
export const MAGIC_CALL_END: Readonly<Record<string, 'busy' | 'no-answer' | 'failed'>> = {
  '+15005554001': 'busy',
  '+15005554002': 'no-answer',
  '+15005554003': 'failed',
};

/** True for numbers that no plan knows and this service takes: the vendor's test numbers, and the area 555. */
export function isFictional(phoneNumber: string): boolean {
  return /^\+1(500555\d{4}|555\d{7})$/.test(phoneNumber);
}

/** Outcomes of buying a number. `undefined` means that it passes. */
export function magicPurchase(phoneNumber: string | null, areaCode: string | null): TwilioErrorCode | undefined {
  if (phoneNumber !== null) {
    if (phoneNumber === '+15005550006') return undefined;
    return phoneNumber === '+15005550000' ? 21422 : 21421;
  }
  return areaCode === '500' ? undefined : 21452;
}
