/** What a simulated Twilio service is started with, and what a test holds while it runs. */

import type { TwilioAccountSetup } from './accounts.js';
import type { StatusChange } from './messages/callbacks.js';
import type { InboundMessage, InboundResult } from './messages/inbound.js';
import type { MessageResource } from './messages/message.js';
import type { Fault } from './wire/faults.js';

/** How the service is started. */
export interface TwilioServiceOptions {
  /** TCP port on 127.0.0.1. Default 0: any free one. */
  port?: number;
  /** Default: the one account of `defaultTwilioAccount()`. */
  accounts?: readonly TwilioAccountSetup[];
  /** Unix time in milliseconds. Default `Date.now`. */
  clock?: () => number;
  /** SIDs depend on this and on the order of requests only. Default `flowdeck`. */
  seed?: string;
  /** Requests that may be in progress at once; more are answered 429 (20429) unprocessed. Default: no limit. */
  concurrency?: number;
}

/** One request as it came in. */
export interface RecordedRequest {
  /** In capitals. */
  readonly method: string;
  /** Without the query, as it came. */
  readonly path: string;
  /** The parameters of the URL. */
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** As it came, decoded as UTF-8. */
  readonly body: string;
  /** The parameters that the service saw: none unless the media type was a form's. */
  readonly form: URLSearchParams;
  /** Status of the answer. Null until there is one, and for a scripted disconnect. */
  readonly status: number | null;
}

/** A running service. */
export interface TwilioService {
  /** `http://127.0.0.1:port`, without a slash at the end. Stands for `https://api.twilio.com`. */
  readonly url: string;
  /** SID of the first account. */
  readonly accountSid: string;
  /** Auth Token of the first account. */
  readonly authToken: string;
  /** The first account's first API key; by default a Standard one. Empty when the account has none. */
  readonly keySid: string;
  /** Secret of `keySid`. Empty when the account has no key. */
  readonly keySecret: string;
  /** Every request so far, in order of arrival. */
  readonly requests: readonly RecordedRequest[];
  /** The messages of an account, oldest first. Default: the first account's. */
  messages(accountSid?: string): readonly MessageResource[];
  /**
   * Moves all messages on by `steps` steps (default 1; `Infinity`: until nothing moves) and sends their callbacks:
   * scheduled → accepted → queued → sending → sent → delivered, undelivered or failed.
   */
  advance(steps?: number): Promise<readonly StatusChange[]>;
  /** Scripts a fault for the next request that fits it. */
  failNext(fault: Fault): void;
  /**
   * A person sends a message to an owned number; its webhook is called and awaited.
   *
   * @throws FlowdeckError `twilio-number-unknown`
   */
  inbound(message: InboundMessage): Promise<InboundResult>;
  /** Stops listening, ends all sockets and pending waits. May be called twice. */
  close(): Promise<void>;
}
