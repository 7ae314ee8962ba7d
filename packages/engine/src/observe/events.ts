/** What a run tells those who watch it: a closed set of plain, immutable, JSON-able events. */
import type { LogLevel } from '../ports/index.js';
import type { DataObject } from '../values/index.js';

/** An error as it stands in an event. `statusCode` and `extra` are those of a `RunError`. */
export interface ErrorData {
  readonly name: string;
  readonly code: string;
  readonly message: string;
  /** Where: the members of `Place` that are known. */
  readonly at: DataObject;
  readonly statusCode: number | null;
  readonly hint?: string;
  readonly extra?: DataObject;
  /** The service's own words, where a connector's manifest tells how to read them. */
  readonly service?: ServiceError;
  readonly cause?: ErrorData;
}

/** What a service itself says of a request that it refused. Null: its answer has no such text. */
export interface ServiceError {
  /** Key of the connector. */
  readonly connector: string;
  /** As text, also where the service writes a number. */
  readonly code: string | null;
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

export interface ExecutionStarted extends EventAboutExecution {
  readonly phase: 'started';
  /** By field name. Null: not recorded. */
  readonly inputs: DataObject | null;
}

export interface ExecutionEnded extends EventAboutExecution {
  readonly phase: 'ended';
  readonly status: RunStatus;
  /** By field name. Null: none, or not recorded. */
  readonly outputs: DataObject | null;
  readonly error: ErrorData | null;
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

export interface CardStarted extends EventAboutCard {
  readonly phase: 'started';
  /** By field name. Null: not recorded, or not read yet. */
  readonly inputs: DataObject | null;
}

/** Stands on its own: an observer that only hears the ends of cards misses nothing but the moment of the start. */
export interface CardEnded extends EventAboutCard {
  readonly phase: 'ended';
  readonly status: CardStatus;
  /** 1, and 1 more for each retry. */
  readonly attempts: number;
  readonly inputs: DataObject | null;
  readonly outputs: DataObject | null;
  readonly error: ErrorData | null;
  readonly durationMs: number;
}

/** A flow called by a card. How the call went is told by the callee's own execution. */
export interface CallEvent extends EventBase {
  readonly type: 'call';
  readonly phase: 'started' | 'ended';
  readonly callerExecutionId: string;
  /** Number of the calling card's execution in the caller. */
  readonly seq: number;
  readonly card: string;
  readonly calleeExecutionId: string;
  /** Id of the flow that is called. */
  readonly flow: string;
  /** Position of the item that it is called for, from 0. Null: it is not called per item. */
  readonly index: number | null;
}

/** A failed attempt that will be repeated. The last failure is told by the card's end. */
export interface AttemptEvent extends EventOfExecution {
  readonly type: 'attempt';
  readonly seq: number;
  readonly card: string;
  /** Number of the attempt that failed, from 1. */
  readonly attempt: number;
  readonly error: ErrorData;
  /** Milliseconds until the next attempt. */
  readonly delayMs: number;
}

export interface LogEvent extends EventOfExecution {
  readonly type: 'log';
  readonly level: LogLevel;
  readonly message: string;
  readonly details: DataObject | null;
  readonly card: string | null;
}

/** How far a long loop has come. */
export interface ProgressEvent extends EventOfExecution {
  readonly type: 'progress';
  readonly seq: number;
  readonly card: string;
  readonly done: number;
  /** Null: not known. */
  readonly total: number | null;
}

export type ExecutionEvent = ExecutionStarted | ExecutionEnded;
export type CardEvent = CardStarted | CardEnded;
export type FlowEvent = ExecutionEvent | CardEvent | CallEvent | AttemptEvent | LogEvent | ProgressEvent;

/** Events by their `type`. */
export type EventMap = { readonly [T in FlowEvent['type']]: Extract<FlowEvent, { type: T }> };
