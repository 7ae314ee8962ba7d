/** What a run tells those who watch it: a closed set of plain, immutable, JSON-able events. */
import type { LogLevel } from '../ports/index.js';
import type { DataObject } from '../values/index.js';

/** An error as it stands in an event. `statusCode` and `extra` are those of a `RunError`. */
export interface ErrorData {
  /** Class of the error, such as `HttpError`. */
  readonly name: string;
  /** Stable and documented; `card-failed` for an error that is not of Flowdeck. */
  readonly code: string;
  /** What happened, in a sentence. */
  readonly message: string;
  /** Where: the members of `Place` that are known. */
  readonly at: DataObject;
  /** HTTP status, of an answer or as a Return Error gives it. Null: none. */
  readonly statusCode: number | null;
  /** What to do about it, where that is known. */
  readonly hint?: string;
  /** Further properties of the error object: `body` and `headers` of an HTTP answer, keys of a Return Error. */
  readonly extra?: DataObject;
  /** The service's own words, where a connector's manifest tells how to read them. */
  readonly service?: ServiceError;
  /** What led to it, and what led to that: a few errors deep. */
  readonly cause?: ErrorData;
}

/** What a service itself says of a request that it refused. Null: its answer has no such text. */
export interface ServiceError {
  /** Key of the connector. */
  readonly connector: string;
  /** As text, also where the service writes a number. */
  readonly code: string | null;
  /** Its own words. */
  readonly message: string | null;
  /** Where to read more. */
  readonly link: string | null;
}

/** `root`: the flow that the run was started with. `call`: by a card that waits for it. `async`: by a card that does not. */
export type ExecutionKind = 'root' | 'call' | 'async';
/** `stopped`: ended early and well, by Continue If. */
export type RunStatus = 'success' | 'stopped' | 'error' | 'cancelled';
/** Of a card by itself: whether an enclosing block dealt with its error is told by how the cards around it ended. */
export type CardStatus = 'success' | 'error';

/** What every event has. */
interface EventBase {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly at: number;
  /** The run, whole: the id that its result has. */
  readonly runId: string;
  /** What the host said about the run in `RunOptions.metadata`. Absent: nothing. */
  readonly metadata?: DataObject;
}

/** What happens inside one activation of a flow. */
interface EventOfExecution extends EventBase {
  /** Path of calls that led there, such as `run/each.3/send`; of the run's own flow the id of the run. */
  readonly executionId: string;
}

interface EventAboutExecution extends EventOfExecution {
  readonly type: 'execution';
  readonly parentExecutionId: string | null;
  /** Id of the flow. */
  readonly flow: string;
  readonly flowName: string;
  readonly kind: ExecutionKind;
}

/** The start of a flow: of the run itself, or of one that a card calls. */
export interface ExecutionStarted extends EventAboutExecution {
  /** The start of an execution. */
  readonly phase: 'started';
  /** By field name. Null: not recorded. */
  readonly inputs: DataObject | null;
}

/** The end of a flow. Each `ExecutionStarted` has one, also when the run is cancelled. */
export interface ExecutionEnded extends EventAboutExecution {
  /** The end of an execution. */
  readonly phase: 'ended';
  /** How it ended. */
  readonly status: RunStatus;
  /** By field name. Null: none, or not recorded. */
  readonly outputs: DataObject | null;
  /** Why it failed or was cancelled, secrets redacted. Null: neither. */
  readonly error: ErrorData | null;
  /** Milliseconds from its start, waits included. */
  readonly durationMs: number;
  /** Cards that were executed, those of called flows not counted. */
  readonly steps: number;
}

interface EventAboutCard extends EventOfExecution {
  readonly type: 'card';
  /** Number of this card within its execution, rising in the order of starts. */
  readonly seq: number;
  /** Id of the card in its flow. */
  readonly card: string;
  /** Such as `text.compose`. */
  readonly cardType: string;
  readonly title: string;
  /** Container cards from the outside in, each with its block or item number: `["attempt", "try"]`. */
  readonly path: readonly string[];
}

/** The start of a card. Its `CardEnded` has the same `executionId` and `seq`. */
export interface CardStarted extends EventAboutCard {
  /** The start of a card. */
  readonly phase: 'started';
  /** By field name. Null: not recorded, or not read yet. */
  readonly inputs: DataObject | null;
}

/** Stands on its own: an observer that only hears the ends of cards misses nothing but the moment of the start. */
export interface CardEnded extends EventAboutCard {
  /** The end of a card. */
  readonly phase: 'ended';
  /** How this card ended by itself. */
  readonly status: CardStatus;
  /** 1, and 1 more for each retry. */
  readonly attempts: number;
  /** By field name, secrets redacted. Null: not recorded, or not read. */
  readonly inputs: DataObject | null;
  /** By field name, secrets redacted. Null: none, or not recorded. */
  readonly outputs: DataObject | null;
  /** Why it failed, secrets redacted. Null: it did not. */
  readonly error: ErrorData | null;
  /** Milliseconds, all attempts and the pauses between them included. */
  readonly durationMs: number;
}

/** A flow called by a card. How the call went is told by the callee's own execution. */
export interface CallEvent extends EventBase {
  /** Tells a call from other events. */
  readonly type: 'call';
  /** `ended` follows however the callee ended; how, its own execution tells. */
  readonly phase: 'started' | 'ended';
  /** The execution in which the calling card stands. */
  readonly callerExecutionId: string;
  /** Number of the calling card's execution in the caller. */
  readonly seq: number;
  /** Id of the calling card in its flow. */
  readonly card: string;
  /** The execution that the call started: the `executionId` of its own events. */
  readonly calleeExecutionId: string;
  /** Id of the flow that is called. */
  readonly flow: string;
  /** Position of the item that it is called for, from 0. Null: it is not called per item. */
  readonly index: number | null;
}

/** A failed attempt that will be repeated. The last failure is told by the card's end. */
export interface AttemptEvent extends EventOfExecution {
  /** Tells an attempt from other events. */
  readonly type: 'attempt';
  /** Number of the card within its execution: the `seq` of its card events. */
  readonly seq: number;
  /** Id of the card in its flow. */
  readonly card: string;
  /** Number of the attempt that failed, from 1. */
  readonly attempt: number;
  /** Why it failed, secrets redacted. */
  readonly error: ErrorData;
  /** Milliseconds until the next attempt. */
  readonly delayMs: number;
}

/** A line that a card wrote with `ctx.logger`, redacted. */
export interface LogEvent extends EventOfExecution {
  /** Tells a log line from other events. */
  readonly type: 'log';
  /** How much it matters. */
  readonly level: LogLevel;
  /** The line itself. */
  readonly message: string;
  /** What was given beside the message, as data. Null: nothing. */
  readonly details: DataObject | null;
  /** Id of the card that wrote it. Null: none did. */
  readonly card: string | null;
}

/** How far a long loop has come. */
export interface ProgressEvent extends EventOfExecution {
  /** Tells progress from other events. */
  readonly type: 'progress';
  /** Number of the card within its execution: the `seq` of its card events. */
  readonly seq: number;
  /** Id of the card in its flow. */
  readonly card: string;
  /** Items done so far. */
  readonly done: number;
  /** Null: not known. */
  readonly total: number | null;
}

/** The start or the end of a flow, told apart by `phase`. */
export type ExecutionEvent = ExecutionStarted | ExecutionEnded;
/** The start or the end of a card, told apart by `phase`. */
export type CardEvent = CardStarted | CardEnded;
/** Anything that a run tells. Told apart by `type`, then by `phase`. */
export type FlowEvent = ExecutionEvent | CardEvent | CallEvent | AttemptEvent | LogEvent | ProgressEvent;

/** Events by their `type`. */
export type EventMap = { readonly [T in FlowEvent['type']]: Extract<FlowEvent, { type: T }> };
