/** How a test declares an account of the simulated service. */

import * as defaults from './constants.js';

/** What a test can give an account: `main` reaches what the Auth Token reaches; `standard` everything but `/Accounts` and `Keys`. */
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
  /** Where its credentials are good: on hosts of another region they are refused. Default `us1`. */
  region?: string;
  /** What it may spend, in US dollars. Default 100. */
  balance?: number;
  /** Messages that it has sent before the service starts, one a minute. Default 0. */
  history?: number;
  /** Where inbound messages and status steps are told unless something else is set: an http URL on this machine. */
  webhooks?: string;
  /** Owned numbers and short codes. */
  numbers?: readonly string[];
  /** Channel addresses that may send, such as `whatsapp:+14155238886`. */
  channelSenders?: readonly string[];
  /** Its Messaging Services. Default: none. */
  services?: readonly MessagingServiceSetup[];
  /** Its content templates. Default: none. */
  templates?: readonly ContentTemplateSetup[];
  /** Recipients who wrote STOP to every number of the account. */
  optedOut?: readonly string[];
}

/** A Messaging Service as far as sending and receiving need it. */
export interface MessagingServiceSetup {
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
export interface ContentTemplateSetup {
  /** `HX` and 32 hex digits. */
  sid: string;
  /** What people read. */
  friendlyName?: string;
  /** Where WhatsApp's review of it stands, as the lists of templates tell. Until it is approved, it is free text to WhatsApp (63016). Default `approved`. */
  approval?: 'approved' | 'unsubmitted' | 'pending' | 'rejected';
  /** The body of the message before its variables are filled in. */
  text: string;
  /** Defaults of the variables. */
  variables?: Readonly<Record<string, string>>;
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
