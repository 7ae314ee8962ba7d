/** The life of a message after its creation, one step at a time. Pure: callbacks are somebody else's job. */

import type { Account } from '../accounts.js';
import { parseAddress } from '../addresses.js';
import { MAGIC_DELIVERY, MAGIC_NO_RECEIPT } from '../magic.js';
import type { MessagingService } from '../messaging/service.js';
import { type Message, type MessageStatus, segmentsOf } from './message.js';

const WINDOW_MS = 24 * 3_600_000;
const PRICE_PER_SEGMENT = 0.0075;

/**
 * Moves a message one step on and says whether it moved. The last step goes by the recipient: magic numbers fail
 * or get no receipt, free WhatsApp text outside the 24 hours after the person's last message is refused (63016),
 * everything else is delivered. A scheduled message waits for its time.
 */
export function step(account: Account, message: Message, now: number): boolean {
  const next = nextStatus(account, message, now);
  if (next === undefined) return false;
  message.status = next.status;
  message.updatedAt = now;
  if (next.code !== undefined) message.errorCode = next.code;
  if (next.status === 'queued') choose(account, message);
  if (next.status === 'sent') {
    message.sentAt = now;
    if (message.discard) message.body = '';
    message.price = `-${(PRICE_PER_SEGMENT * message.segments).toFixed(5)}`;
  }
  return true;
}

interface Next {
  status: MessageStatus;
  code?: number;
}

function nextStatus(account: Account, message: Message, now: number): Next | undefined {
  switch (message.status) {
    case 'scheduled':
      return message.sendAt !== null && now >= message.sendAt ? { status: 'accepted' } : undefined;
    case 'accepted':
      return { status: 'queued' };
    case 'queued': {
      if (now - (message.sendAt ?? message.createdAt) > message.validity * 1000)
        return { status: 'failed', code: 30036 };
      const fate = fateOf(account, message, now);
      return fate?.status === 'failed' ? fate : { status: 'sending' };
    }
    case 'sending':
      return { status: 'sent' };
    case 'sent':
      if (message.to === MAGIC_NO_RECEIPT) return undefined;
      return fateOf(account, message, now) ?? { status: 'delivered' };
    default:
      return undefined;
  }
}

function fateOf(
  account: Account,
  message: Message,
  now: number,
): { status: 'failed' | 'undelivered'; code: number } | undefined {
  const { channel, id } = parseAddress(message.to);
  if (Object.hasOwn(MAGIC_DELIVERY, id)) return MAGIC_DELIVERY[id];
  if (channel !== 'whatsapp' || isApproved(account, message.contentSid)) return undefined;
  return windowOpen(account, message, now) ? undefined : { status: 'undelivered', code: 63016 };
}

/** Before WhatsApp has approved it, a template is free text. One that was deleted meanwhile was looked at when it was sent. */
function isApproved(account: Account, contentSid: string | null): boolean {
  return contentSid !== null && (account.templates.get(contentSid)?.approval ?? 'approved') === 'approved';
}

function windowOpen(account: Account, message: Message, now: number): boolean {
  const last = account.lastInbound.get(`${message.from}|${message.to}`);
  return last !== undefined && now - last <= WINDOW_MS;
}

/** The service picks the first sender of its pool that fits the channel; now the segments can be told. */
function choose(account: Account, message: Message): void {
  const service = account.services.get(message.serviceSid ?? '');
  message.from ??= senderFor(service, message.to);
  message.segments = segmentsOf(message.to, message.body, message.media.length);
}

function senderFor(service: MessagingService | undefined, to: string): string | null {
  const { channel } = parseAddress(to);
  for (const { address } of service?.pool.values() ?? []) if (parseAddress(address).channel === channel) return address;
  return null;
}
