/** One message: the record that the service keeps, and the resource that callers see. */

import { parseAddress } from '../addresses.js';
import { rfc2822 } from '../wire/dates.js';
import { DELIVERY_ERRORS } from '../wire/errors.js';
import { countSegments } from './segments.js';

export type MessageStatus =
  | 'accepted'
  | 'scheduled'
  | 'queued'
  | 'sending'
  | 'sent'
  | 'delivered'
  | 'undelivered'
  | 'failed'
  | 'canceled'
  | 'received';

export interface MessageMedia {
  readonly sid: string;
  readonly url: string;
  readonly contentType: string;
}

/** A message as the service keeps it. Times are Unix milliseconds. */
export interface Message {
  /** `SM…`, or `MM…` when it has media. */
  readonly sid: string;
  readonly accountSid: string;
  readonly direction: 'inbound' | 'outbound-api';
  readonly to: string;
  /** Null until a Messaging Service has picked a sender. */
  from: string | null;
  readonly serviceSid: string | null;
  readonly contentSid: string | null;
  body: string;
  status: MessageStatus;
  media: readonly MessageMedia[];
  segments: number;
  errorCode: number | null;
  /** Negative decimal, as the vendor writes it. */
  price: string | null;
  readonly statusCallback: string | null;
  readonly sendAt: number | null;
  /** What the sender told about its arrival. Null: nothing yet. */
  feedback: { readonly outcome: 'confirmed' | 'unconfirmed'; readonly at: number } | null;
  /** Whether its subresources have feedback. */
  readonly feedbackAsked: boolean;
  /** Seconds in the queue, after which it fails. */
  readonly validity: number;
  /** True: its body is dropped when it has been sent. */
  readonly discard: boolean;
  /** True: the last digits of its recipient are never shown. */
  readonly obfuscate: boolean;
  readonly createdAt: number;
  updatedAt: number;
  sentAt: number | null;
}

/** The Message resource of the 2010 API. */
export interface MessageResource {
  /** `AC` and 32 hex digits. */
  account_sid: string;
  /** `2010-04-01`. */
  api_version: string;
  /** Text as it was sent, variables of a template filled in. */
  body: string;
  /** RFC 2822 date. */
  date_created: string;
  /** RFC 2822 date. Null: not sent yet. */
  date_sent: string | null;
  /** RFC 2822 date of the last step. */
  date_updated: string;
  /** `inbound` or `outbound-api`. */
  direction: string;
  /** Why it was not delivered. Null: it was, or may still be. */
  error_code: number | null;
  /** The words of `error_code`. Null without one. */
  error_message: string | null;
  /** Number or channel address. Null: a Messaging Service has not chosen one yet. */
  from: string | null;
  /** `MG` and 32 hex digits. Null: sent without a Messaging Service. */
  messaging_service_sid: string | null;
  /** A number as text. */
  num_media: string;
  /** A number as text: see `SegmentCount`. */
  num_segments: string;
  /** A negative amount as text, such as `-0.00750`. Null: not known before it is sent. */
  price: string | null;
  /** ISO 4217 currency. Null without a price. */
  price_unit: string | null;
  /** `SM` or `MM` (with media) and 32 hex digits. */
  sid: string;
  /** How far it has come. */
  status: MessageStatus;
  /** Where its media are listed, relative to the API. */
  subresource_uris: { media: string; feedback?: string };
  /** Number or channel address. */
  to: string;
  /** Where it stands, relative to the API. */
  uri: string;
}

/** The resource of a message. Counts and the price are strings, `error_code` is a number: so says the vendor. */
export function messageResource(message: Message): MessageResource {
  const base = `/2010-04-01/Accounts/${message.accountSid}/Messages/${message.sid}`;
  return {
    account_sid: message.accountSid,
    api_version: '2010-04-01',
    body: message.body,
    date_created: rfc2822(message.createdAt),
    date_sent: message.sentAt === null ? null : rfc2822(message.sentAt),
    date_updated: rfc2822(message.updatedAt),
    direction: message.direction,
    error_code: message.errorCode,
    error_message: message.errorCode === null ? null : (DELIVERY_ERRORS[message.errorCode] ?? 'Unknown error'),
    from: message.from,
    messaging_service_sid: message.serviceSid,
    num_media: String(message.media.length),
    num_segments: String(message.segments),
    price: message.price,
    price_unit: message.price === null ? null : 'USD',
    sid: message.sid,
    status: message.status,
    subresource_uris: {
      media: `${base}/Media.json`,
      ...(message.feedbackAsked ? { feedback: `${base}/Feedback.json` } : {}),
    },
    to: message.obfuscate ? message.to.replace(/\d{4}$/, 'XXXX') : message.to,
    uri: `${base}.json`,
  };
}

/** Segments that a message counts for: one for media and for channels, which know no segments. */
export function segmentsOf(to: string, body: string, media: number): number {
  return media > 0 || parseAddress(to).channel !== 'sms' ? 1 : Math.max(1, countSegments(body).segments);
}
