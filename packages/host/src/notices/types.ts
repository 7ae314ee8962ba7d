/** What happens in a host, as plain data: for logs, for metrics, and for whoever else watches. */
import type { Renewal } from '@flowdeck/connect';
import type { RunStatus } from '@flowdeck/engine';
import type { Trigger } from '../serve/trigger.js';
import type { WebhookInfo } from '../webhook/webhooks.js';

/** How much it matters: `warn` is for its owner to look at, `error` is a fault. */
export type NoticeLevel = 'debug' | 'info' | 'warn' | 'error';

/** What somebody who watches a host is told. Holds no secret: neither credentials nor addresses that nobody should guess. */
export type HostNotice = { readonly at: number; readonly level: NoticeLevel } & NoticeOf;

/** Where a host is in its life. */
export type HostPhase = 'started' | 'renewed' | 'stopping' | 'stopped';

/** By what it is of. What is not known is null. */
export type NoticeOf =
  | { readonly what: 'host'; readonly phase: HostPhase; readonly flows: number }
  /** A flow was turned on or off. */
  | { readonly what: 'flow'; readonly flow: string; readonly on: boolean }
  | DeliveryNotice
  | RunNotice
  /** An event waits for its owner: its run failed, was cut off, or could not be begun. */
  | {
      readonly what: 'parked';
      readonly flow: string;
      readonly delivery: string;
      readonly run: string;
      readonly reason: string;
    }
  /** A poll has taken a turn. */
  | {
      readonly what: 'poll';
      readonly flow: string;
      readonly outcome: 'done' | 'failed';
      /** Events that it gave. */
      readonly items: number;
      readonly reason: string | null;
    }
  /** A moment of a schedule has come; `left-out`: the run before is under way. */
  | {
      readonly what: 'moment';
      readonly flow: string;
      readonly scheduledFor: string;
      /** Moments that were missed before it. */
      readonly missed: number;
      readonly outcome: 'begun' | 'left-out';
    }
  /** A registration at a service has come to another place in its life. */
  | {
      readonly what: 'webhook';
      readonly flow: string;
      readonly phase: WebhookInfo['phase'];
      readonly reason: string | null;
    }
  /** A call of an API flow that started no run: the caller was not let in, or gave what the flow does not take. */
  | { readonly what: 'call'; readonly flow: string; readonly status: number }
  /** The token of a connection was asked for; `refused`: it needs a login. */
  | ({ readonly what: 'renewal' } & Renewal)
  /** What `onWarning` is told. */
  | { readonly what: 'warning'; readonly code: string; readonly reason: string };

/** Something came to the URL of an event and was answered; of one that several flows hear, one for each. */
export interface DeliveryNotice {
  /** Says that it is one. */
  readonly what: 'delivery';
  /** `later`: answered 503, the sender comes again. `ignored`: it was meant for nobody. */
  readonly outcome: 'accepted' | 'repeated' | 'conflict' | 'challenge' | 'ignored' | 'refused' | 'later';
  /** Of the answer, as in HTTP. */
  readonly status: number;
  /** Id of the flow; null where it is not known. */
  readonly flow: string | null;
  /** Its id. */
  readonly delivery: string | null;
  /** Id of its run. */
  readonly run: string | null;
  /** Why it was not taken, for the owner. */
  readonly reason: string | null;
  /** From its whole request to the answer. */
  readonly durationMs: number;
}

/** A run has begun or ended. */
export interface RunNotice {
  /** Says that it is one. */
  readonly what: 'run';
  /** It is told twice. */
  readonly phase: 'began' | 'ended';
  /** Id of its flow. */
  readonly flow: string;
  /** Its id. */
  readonly run: string;
  /** What started it. */
  readonly trigger: Trigger;
  /** Id of the event that it is of. */
  readonly delivery: string | null;
  /** Null until it has ended. */
  readonly status: RunStatus | null;
  /** Null until it has ended. */
  readonly durationMs: number | null;
  /** Of its error; null: it has none. */
  readonly code: string | null;
  /** What its error says. */
  readonly reason: string | null;
}
