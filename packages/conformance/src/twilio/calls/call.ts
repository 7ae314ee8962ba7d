/** One phone call: the record that the service keeps, and the resource that callers see. */

import { rfc2822 } from '../wire/dates.js';

export type CallStatus =
  | 'queued'
  | 'ringing'
  | 'in-progress'
  | 'completed'
  | 'busy'
  | 'failed'
  | 'no-answer'
  | 'canceled';

/** A call as the service keeps it. Times are Unix milliseconds. */
export interface PhoneCall {
  /** `CA…` */
  readonly sid: string;
  readonly accountSid: string;
  readonly to: string;
  readonly from: string;
  /** The owned number that calls. Null: a verified caller id, or a client. */
  readonly numberSid: string | null;
  /** Where TwiML is asked for when somebody answers. Null: it came with the call. */
  url: string | null;
  method: 'GET' | 'POST';
  statusCallback: string | null;
  statusCallbackMethod: 'GET' | 'POST';
  /** Which of `initiated`, `ringing`, `answered`, `completed` are told. */
  readonly events: readonly string[];
  status: CallStatus;
  readonly createdAt: number;
  updatedAt: number;
  startedAt: number | null;
  endedAt: number | null;
  /** Seconds. */
  duration: number;
  /** Negative decimal, as the vendor writes it. Null before its end. */
  price: string | null;
}

const SUBRESOURCES = {
  events: 'Events',
  notifications: 'Notifications',
  payments: 'Payments',
  recordings: 'Recordings',
  siprec: 'Siprec',
  streams: 'Streams',
  transcriptions: 'Transcriptions',
  user_defined_message_subscriptions: 'UserDefinedMessageSubscriptions',
  user_defined_messages: 'UserDefinedMessages',
} as const;

/** The Call resource. Duration and price are strings: so says the vendor. */
export function callResource(call: PhoneCall): Record<string, unknown> {
  const base = `/2010-04-01/Accounts/${call.accountSid}/Calls/${call.sid}`;
  const date = (ms: number | null) => (ms === null ? null : rfc2822(ms));
  return {
    account_sid: call.accountSid,
    answered_by: null,
    api_version: '2010-04-01',
    caller_name: null,
    date_created: rfc2822(call.createdAt),
    date_updated: rfc2822(call.updatedAt),
    direction: 'outbound-api',
    duration: call.endedAt === null ? null : String(call.duration),
    end_time: date(call.endedAt),
    forwarded_from: null,
    from: call.from,
    from_formatted: formatted(call.from),
    group_sid: null,
    parent_call_sid: null,
    phone_number_sid: call.numberSid,
    price: call.price,
    price_unit: 'USD',
    queue_time: '0',
    sid: call.sid,
    start_time: date(call.startedAt),
    status: call.status,
    subresource_uris: Object.fromEntries(
      Object.entries(SUBRESOURCES).map(([name, path]) => [name, `${base}/${path}.json`]),
    ),
    to: call.to,
    to_formatted: formatted(call.to),
    trunk_sid: null,
    uri: `${base}.json`,
  };
}

/** Numbers of the North American plan are written for people; others as they are. */
function formatted(number: string): string {
  return number.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '($1) $2-$3');
}
