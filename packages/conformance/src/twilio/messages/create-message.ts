/** Create Message: checks the parameters in the vendor's order, then stores the message. */

import { Refusal } from '../wire/errors.js';
import { isWebUrl } from '../wire/urls.js';
import type { Call, Reply } from '../world.js';
import { mediaTypeOf } from './media.js';
import { type Message, type MessageStatus, messageResource, segmentsOf } from './message.js';
import { checkRecipient } from './recipient.js';
import { checkSchedule } from './schedule.js';
import { smartEncode } from './segments.js';
import { checkSender, type Sender } from './sender.js';
import { messageText } from './text.js';

const MAX_MEDIA = 10;
const TRIAL_PREFIX = 'Sent from your Twilio trial account - ';

/**
 * `POST …/Messages`. Presence comes first (To, sender, content), then the content, the addresses, the right to
 * this sender and recipient, the schedule and the callback: the first fault found is the answer.
 * Under test credentials everything is checked and nothing is stored.
 */
export function createMessage(call: Call): Reply {
  const { account, form, principal, world } = call;
  const to = form.get('To') ?? '';
  if (to === '') throw new Refusal(21604);
  if (!form.get('From') && !form.get('MessagingServiceSid')) throw new Refusal(21603);
  const urls = form.getAll('MediaUrl').filter((url) => url !== '');
  if (!form.get('Body') && urls.length === 0 && !form.get('ContentSid')) throw new Refusal(21602);
  const text = messageText(account, form);
  checkMedia(urls);
  const sender = checkSender(call, to);
  checkRecipient(call, to, sender);
  const now = world.clock();
  const sendAt = checkSchedule(form, now);
  const statusCallback = checkCallback(form.get('StatusCallback'));

  const encoded = form.get('SmartEncoded') === 'true' ? smartEncode(text) : text;
  const body = account.setup.type === 'Trial' ? TRIAL_PREFIX + encoded : encoded;
  const message: Message = {
    sid: world.sids.next(urls.length > 0 ? 'MM' : 'SM'),
    accountSid: principal.accountSid,
    direction: 'outbound-api',
    to,
    from: sender.from,
    serviceSid: sender.service?.sid ?? null,
    contentSid: form.get('ContentSid') || null,
    body,
    status: firstStatus(sender, sendAt),
    media: urls.map((url) => ({ sid: world.sids.next('ME'), url, contentType: mediaTypeOf(url) })),
    // A service has not chosen sender and encoding yet; the vendor reports no segments until it has.
    segments: sender.service && urls.length === 0 ? 0 : segmentsOf(to, body, urls.length),
    errorCode: null,
    price: null,
    statusCallback,
    sendAt,
    createdAt: now,
    updatedAt: now,
    sentAt: null,
  };
  if (principal.kind !== 'test') account.messages.set(message.sid, message);
  return { status: 201, element: 'Message', fields: { ...messageResource(message) } };
}

function firstStatus(sender: Sender, sendAt: number | null): MessageStatus {
  if (sendAt !== null) return 'scheduled';
  return sender.service ? 'accepted' : 'queued';
}

function checkMedia(urls: readonly string[]): void {
  if (urls.length > MAX_MEDIA) throw new Refusal(21623);
  const bad = urls.find((url) => !isWebUrl(url));
  if (bad !== undefined) throw new Refusal(21620, { url: bad });
}

/** The vendor wants a valid host name, which has no underscore. */
function checkCallback(url: string | null): string | null {
  if (url === null || url === '') return null;
  if (!isWebUrl(url) || new URL(url).hostname.includes('_')) throw new Refusal(21609, { url });
  return url;
}
