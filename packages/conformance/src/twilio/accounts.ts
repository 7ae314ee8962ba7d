/** Accounts of the simulated service: how a test declares one, and the state that a running service keeps of it. */

import * as defaults from './constants.js';
import type { Message } from './messages/message.js';
import type { SidSource } from './sids.js';
import { rfc2822 } from './wire/dates.js';

/** `main` reaches what the Auth Token reaches; `standard` everything but `/Accounts` and `Keys`. */
export type KeyKind = 'main' | 'standard';

/** What an account looks like when the service starts. Only `sid` and `authToken` are needed. */
export interface TwilioAccountSetup {
  /** `AC` and 32 hex digits. */
  sid: string;
  /** The password of the account's own credentials, whose user name is `sid`; also the key of webhook signatures. */
  authToken: string;
  /** What people read. */
  friendlyName?: string;
  /** `Trial` sends to `verified` numbers only. Default `Full`. */
  type?: 'Full' | 'Trial';
  /** A suspended account is refused like wrong credentials. Default `active`. */
  status?: 'active' | 'suspended';
  /** Numbers that a trial account may send to. */
  verified?: readonly string[];
  /** API keys of the account: `sid` is a user name, `secret` its password. */
  keys?: readonly { sid: string; secret: string; kind: KeyKind; friendlyName?: string }[];
  /** The account's test credentials. */
  test?: { sid: string; authToken: string };
  /** Owned numbers and short codes. */
  numbers?: readonly string[];
  /** Channel addresses that may send, such as `whatsapp:+14155238886`. */
  channelSenders?: readonly string[];
  /** Its Messaging Services. Default: none. */
  services?: readonly MessagingService[];
  /** Its content templates. Default: none. */
  templates?: readonly ContentTemplate[];
  /** Recipients who wrote STOP to every number of the account. */
  optedOut?: readonly string[];
}

/** A Messaging Service as far as sending and receiving need it. */
export interface MessagingService {
  /** `MG` and 32 hex digits. */
  sid: string;
  /** The sender pool, in order of preference. */
  numbers: readonly string[];
  /** Where inbound messages of the pool go. Absent: they are dropped, unless `useInboundWebhookOnNumber`. */
  inboundRequestUrl?: string;
  /** True: inbound messages go to the webhook of the number that they were sent to. */
  useInboundWebhookOnNumber?: boolean;
  /** Where status steps of its messages are told, unless a message names another URL. */
  statusCallback?: string;
}

/** A content template; `{{1}}` in its text stands for the variable `1`. */
export interface ContentTemplate {
  /** `HX` and 32 hex digits. */
  sid: string;
  /** The body of the message before its variables are filled in. */
  text: string;
  /** Defaults of the variables. */
  variables?: Readonly<Record<string, string>>;
}

export interface ApiKey {
  readonly sid: string;
  readonly secret: string;
  readonly kind: KeyKind;
  friendlyName: string;
  readonly createdAt: number;
  updatedAt: number;
}

/** An owned number; the text fields are the resource's writable ones. */
export interface OwnedNumber {
  readonly sid: string;
  readonly phoneNumber: string;
  readonly createdAt: number;
  updatedAt: number;
  friendlyName: string;
  smsUrl: string;
  smsMethod: string;
  smsFallbackUrl: string;
  smsFallbackMethod: string;
  smsApplicationSid: string;
  statusCallback: string;
  statusCallbackMethod: string;
}

/** The live state of one account. */
export interface Account {
  readonly setup: TwilioAccountSetup;
  readonly createdAt: number;
  /** By SID, in order of creation. */
  readonly messages: Map<string, Message>;
  readonly keys: Map<string, ApiKey>;
  readonly numbers: Map<string, OwnedNumber>;
  /** `own number|recipient`, or `*|recipient`. */
  readonly optOuts: Set<string>;
}

/** The account that the service has unless others are given: two keys, test credentials, three numbers, one service. */
export function defaultTwilioAccount(): TwilioAccountSetup {
  return {
    sid: defaults.TWILIO_ACCOUNT_SID,
    authToken: defaults.TWILIO_AUTH_TOKEN,
    friendlyName: 'Flowdeck test account',
    keys: [
      { ...defaults.TWILIO_STANDARD_KEY, kind: 'standard', friendlyName: 'standard' },
      { ...defaults.TWILIO_MAIN_KEY, kind: 'main', friendlyName: 'main' },
    ],
    test: defaults.TWILIO_TEST_CREDENTIALS,
    numbers: defaults.TWILIO_NUMBERS,
    channelSenders: [defaults.TWILIO_WHATSAPP_SENDER],
    services: [{ sid: defaults.TWILIO_SERVICE_SID, numbers: [defaults.TWILIO_NUMBERS[2]] }],
    templates: [{ sid: defaults.TWILIO_TEMPLATE_SID, text: 'Your code is {{1}}', variables: { '1': '000000' } }],
  };
}

/** Makes the live state of an account at the time `now` (Unix milliseconds). */
export function openAccount(setup: TwilioAccountSetup, sids: SidSource, now: number): Account {
  sids.adopt(setup.sid);
  for (const key of setup.keys ?? []) sids.adopt(key.sid);
  const keys = (setup.keys ?? []).map((key): [string, ApiKey] => [
    key.sid,
    { friendlyName: '', ...key, createdAt: now, updatedAt: now },
  ]);
  const numbers = (setup.numbers ?? []).map((phoneNumber): [string, OwnedNumber] => {
    const number = newNumber(sids.next('PN'), phoneNumber, now);
    return [number.sid, number];
  });
  return {
    setup,
    createdAt: now,
    messages: new Map(),
    keys: new Map(keys),
    numbers: new Map(numbers),
    optOuts: new Set((setup.optedOut ?? []).map((recipient) => `*|${recipient}`)),
  };
}

export function newNumber(sid: string, phoneNumber: string, now: number): OwnedNumber {
  return {
    sid,
    phoneNumber,
    createdAt: now,
    updatedAt: now,
    friendlyName: phoneNumber,
    smsUrl: '',
    smsMethod: 'POST',
    smsFallbackUrl: '',
    smsFallbackMethod: 'POST',
    smsApplicationSid: '',
    statusCallback: '',
    statusCallbackMethod: 'POST',
  };
}

/** The Account resource. The list's siblings that are not simulated have no entry among the subresources. */
export function accountResource(account: Account): Record<string, unknown> {
  const { sid, authToken, friendlyName = '', status = 'active', type = 'Full' } = account.setup;
  const base = `/2010-04-01/Accounts/${sid}`;
  return {
    auth_token: authToken,
    date_created: rfc2822(account.createdAt),
    date_updated: rfc2822(account.createdAt),
    friendly_name: friendlyName,
    owner_account_sid: sid,
    sid,
    status,
    subresource_uris: {
      incoming_phone_numbers: `${base}/IncomingPhoneNumbers.json`,
      keys: `${base}/Keys.json`,
      messages: `${base}/Messages.json`,
    },
    type,
    uri: `${base}.json`,
  };
}
