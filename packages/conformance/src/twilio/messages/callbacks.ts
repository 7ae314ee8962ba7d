/** Advances messages and calls, and tells their status callbacks and subscriptions. */

import type { Account } from '../accounts.js';
import { parseAddress } from '../addresses.js';
import { advanceCalls } from '../calls/call-life.js';
import { publish } from '../events/publish.js';
import { MAGIC_NO_RECEIPT } from '../magic.js';
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
      for (const message of [...account.moving]) {
        const from = message.status;
        if (!step(account, message, world.clock())) continue;
        if (isFinal(message)) account.moving.delete(message);
        const callback = await callBack(world, account, message, signal);
        await publishStep(world, account, message, signal);
        changes.push({ sid: message.sid, before: from, after: message.status, callback });
      }
    }
    const calls = await advanceCalls(world, signal);
    if (changes.length === before && !calls) break;
  }
  return changes;
}

async function callBack(
  world: World,
  account: Account,
  message: Message,
  signal: AbortSignal,
): Promise<Delivery | null> {
  const service = account.services.get(message.serviceSid ?? '');
  const url = message.statusCallback ?? (service?.values.StatusCallback || account.setup.webhooks);
  if (!url) return null;
  const delivery = await deliver({
    url,
    method: 'POST',
    content: callbackParameters(message, world.clock()),
    authToken: account.setup.authToken,
    token: world.sids.next('RQ'),
    signal,
  });
  world.delivered(delivery);
  return delivery;
}

/** Statuses after which a message takes no step. */
const FINAL: ReadonlySet<MessageStatus> = new Set(['delivered', 'undelivered', 'failed', 'canceled', 'received']);

function isFinal(message: Message): boolean {
  return FINAL.has(message.status) || (message.status === 'sent' && message.to === MAGIC_NO_RECEIPT);
}

/** Statuses that Event Streams knows an event for. */
const STREAMED: ReadonlySet<MessageStatus> = new Set(['queued', 'sent', 'delivered', 'undelivered', 'failed']);

async function publishStep(world: World, account: Account, message: Message, signal: AbortSignal): Promise<void> {
  if (account.subscriptions.size === 0 || !STREAMED.has(message.status)) return;
  const data = {
    accountSid: message.accountSid,
    messageSid: message.sid,
    from: message.from,
    to: message.to,
    messageStatus: message.status.toUpperCase(),
    timestamp: new Date(message.updatedAt).toISOString(),
    ...(message.errorCode === null ? {} : { errorCode: message.errorCode }),
  };
  await publish(world, account, `com.twilio.messaging.message.${message.status}`, data, signal);
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
