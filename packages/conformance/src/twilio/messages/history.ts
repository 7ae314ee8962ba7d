/** Messages that an account has sent before the service starts. */

import type { Account } from '../accounts.js';
import type { SidSource } from '../sids.js';
import { type Message, segmentsOf } from './message.js';

const MINUTE_MS = 60_000;
const PRICE = '-0.00750';

/** Fills an account with delivered messages, one a minute, the last one a minute before `now` (Unix milliseconds). */
export function addHistory(account: Account, sids: SidSource, now: number): void {
  const count = account.setup.history ?? 0;
  const from = account.setup.numbers?.[0] ?? '+15005550006';
  for (let left = count; left > 0; left -= 1) {
    const at = now - left * MINUTE_MS;
    account.messages.add(sent(sids.next('SM'), account.setup.sid, from, count - left + 1, at));
  }
}

function sent(sid: string, accountSid: string, from: string, number: number, at: number): Message {
  const to = `+1555${String(2_000_000 + (number % 1_000_000))}`;
  const body = `Message ${number}`;
  return {
    sid,
    accountSid,
    direction: 'outbound-api',
    to,
    from,
    serviceSid: null,
    contentSid: null,
    body,
    status: 'delivered',
    media: [],
    segments: segmentsOf(to, body, 0),
    errorCode: null,
    price: PRICE,
    statusCallback: null,
    sendAt: null,
    feedback: null,
    feedbackAsked: false,
    validity: 36_000,
    discard: false,
    obfuscate: false,
    createdAt: at,
    updatedAt: at,
    sentAt: at,
  };
}
