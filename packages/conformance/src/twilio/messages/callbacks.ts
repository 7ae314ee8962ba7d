/** Advances messages and sends their status callbacks. */

import type { Account } from '../accounts.js';
import { parseAddress } from '../addresses.js';
import { type Delivery, deliver } from '../wire/webhooks.js';
import type { World } from '../world.js';
import { step } from './lifecycle.js';
import type { Message, MessageStatus } from './message.js';

/** One step that one message took. */
export interface StatusChange {
  /** The message. */
  readonly sid: string;
  /** The status that it had. */
  readonly before: MessageStatus;
  /** The status that it has now. */
  readonly after: MessageStatus;
  /** Null when the message has no status callback. */
  readonly callback: Delivery | null;
}

/**
 * Moves every live message by up to `steps` steps, oldest first, and waits for the callbacks of each step.
 * Stops early when nothing moves any more.
 */
export async function advanceMessages(world: World, steps: number, signal: AbortSignal): Promise<StatusChange[]> {
  const changes: StatusChange[] = [];
  for (let round = 0; round < steps; round += 1) {
    const before = changes.length;
    for (const account of world.accounts.values()) {
      for (const message of [...account.messages.values()]) {
        const from = message.status;
        if (!step(account, message, world.clock())) continue;
        const callback = await callBack(world, account, message, signal);
        changes.push({ sid: message.sid, before: from, after: message.status, callback });
      }
    }
    if (changes.length === before) break;
  }
  return changes;
}

async function callBack(
  world: World,
  account: Account,
  message: Message,
  signal: AbortSignal,
): Promise<Delivery | null> {
  const service = account.setup.services?.find((candidate) => candidate.sid === message.serviceSid);
  const url = message.statusCallback ?? service?.statusCallback;
  if (url === undefined) return null;
  return deliver({
    url,
    method: 'POST',
    parameters: callbackParameters(message, world.clock()),
    authToken: account.setup.authToken,
    idempotencyToken: world.sids.next('RQ').slice(2),
    signal,
  });
}

function callbackParameters(message: Message, now: number): URLSearchParams {
  const { channel } = parseAddress(message.to);
  const done = message.status === 'delivered' || message.status === 'undelivered';
  return new URLSearchParams({
    AccountSid: message.accountSid,
    ApiVersion: '2010-04-01',
    ...(message.errorCode === null ? {} : { ErrorCode: String(message.errorCode) }),
    From: message.from ?? '',
    MessageSid: message.sid,
    MessageStatus: message.status,
    ...(message.serviceSid === null ? {} : { MessagingServiceSid: message.serviceSid }),
    ...(done && channel === 'sms' ? { RawDlrDoneDate: compactDate(now) } : {}),
    ...(channel === 'sms' ? {} : { ChannelPrefix: channel }),
    SmsSid: message.sid,
    SmsStatus: message.status,
    To: message.to,
  });
}

/** `YYMMDDhhmm` */
function compactDate(ms: number): string {
  return new Date(ms).toISOString().replace(/\D/g, '').slice(2, 12);
}
