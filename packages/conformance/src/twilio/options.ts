/** What a simulated Twilio service is started with, and what a test holds while it runs. */

import type { StatusChange } from './messages/callbacks.js';
import type { InboundMessage, InboundResult } from './messages/inbound.js';
import type { MessageResource } from './messages/message.js';
import type { TwilioAccountSetup } from './setup.js';
import type { Fault } from './wire/faults.js';
import type { Delivery } from './wire/webhooks.js';

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
  /** Requests that may come in within one second of `clock`; more are answered 429 (20429) unprocessed. Default: no limit. */
  ratePerSecond?: number;
  /** Messages that may wait for one plain sender; more are answered 429 (21611). Default: no limit. */
  senderQueue?: number;
  /** Milliseconds before every answer. Default 0. */
  latencyMs?: number;
  /** How many of the last requests `requests` holds. Default 10000. */
  keepRequests?: number;
  /** Hears of every request when it has its answer, and of every webhook that was called. */
  log?: (entry: TwilioLogEntry) => void;
}

/** One line of what happened. */
export type TwilioLogEntry =
  | { readonly kind: 'request'; readonly request: RecordedRequest }
  | { readonly kind: 'webhook'; readonly delivery: Delivery };

/** One request as it came in. */
export interface RecordedRequest {
  /** Host header: a host of the vendor's, or the address on this machine. */
  readonly host: string;
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
  /** The last requests, in order of arrival: as many as `keepRequests` says. */
  readonly requests: readonly RecordedRequest[];
  /** The messages of an account, oldest first. Default: the first account's. */
  messages(accountSid?: string): readonly MessageResource[];
  /**
   * Moves all messages on by `steps` steps (default 1; `Infinity`: until nothing moves) and sends their callbacks:
   * scheduled → accepted → queued → sending → sent → delivered, undelivered or failed.
   */
  advance(steps?: number): Promise<readonly StatusChange[]>;
  /**
   * The code that a person got from Verify.
   *
   * @param to Number or mail address as it was given. Undefined when no verification is pending for it.
   */
  verificationCode(to: string): string | undefined;
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
