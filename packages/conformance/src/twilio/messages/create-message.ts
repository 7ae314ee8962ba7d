/** Create Message: checks the parameters in the vendor's order, then stores the message. */

import { Refusal } from '../wire/errors.js';
import { readParameters, type ValuesOf } from '../wire/parameters.js';
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
const DEFAULT_VALIDITY = 36_000;
/** Parameters that change how a message is sent or kept. Those without effect here are checked all the same. */
const OPTIONS = {
  AddressRetention: ['retain', 'obfuscate'],
  ApplicationSid: 'text',
  Attempt: 'integer',
  ContentRetention: ['retain', 'discard'],
  ForceDelivery: 'boolean',
  ProvideFeedback: 'boolean',
  RiskCheck: ['enable', 'disable'],
  SendAsMms: 'boolean',
  ShortenUrls: 'boolean',
  SmartEncoded: 'boolean',
  TrafficType: ['free'],
  ValidityPeriod: 'integer',
} as const;
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
  checkQueue(call, sender);
  checkRecipient(call, to, sender);
  const now = world.clock();
  const sendAt = checkSchedule(form, now);
  const statusCallback = checkCallback(form.get('StatusCallback'));
  const options = checkOptions(form);

  const smart = options.SmartEncoded ?? sender.service?.values.SmartEncoding ?? false;
  const encoded = smart ? smartEncode(text) : text;
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
    feedback: null,
    feedbackAsked: options.ProvideFeedback === true,
    validity: options.ValidityPeriod ?? sender.service?.values.ValidityPeriod ?? DEFAULT_VALIDITY,
    discard: options.ContentRetention === 'discard',
    obfuscate: options.AddressRetention === 'obfuscate',
    createdAt: now,
    updatedAt: now,
    sentAt: null,
  };
  if (principal.kind !== 'test') {
    account.messages.add(message);
    account.moving.add(message);
  }
  return { status: 201, element: 'Message', fields: { ...messageResource(message) } };
}

/** @throws Refusal 21611 when the queue of a plain sender is full; a service queues elsewhere */
function checkQueue({ account, world }: Call, { from, service }: Sender): void {
  if (service || from === null || world.senderQueue === Number.POSITIVE_INFINITY) return;
  let waiting = 0;
  for (const message of account.moving) if (message.status === 'queued' && message.from === from) waiting += 1;
  if (waiting >= world.senderQueue) throw new Refusal(21611);
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

function checkOptions(form: URLSearchParams): Partial<ValuesOf<typeof OPTIONS>> {
  const options = readParameters(form, OPTIONS);
  const { ShortenUrls, ValidityPeriod } = options;
  if (ValidityPeriod !== undefined && (ValidityPeriod < 1 || ValidityPeriod > DEFAULT_VALIDITY)) {
    throw new Refusal(20001, { what: 'ValidityPeriod must be from 1 to 36000' });
  }
  if (ShortenUrls && !form.get('MessagingServiceSid')) {
    throw new Refusal(20001, { what: 'ShortenUrls needs a MessagingServiceSid' });
  }
  return options;
}

/** The vendor wants a valid host name, which has no underscore. */
function checkCallback(url: string | null): string | null {
  if (url === null || url === '') return null;
  if (!isWebUrl(url) || new URL(url).hostname.includes('_')) throw new Refusal(21609, { url });
  return url;
}
