/** What a run tells those who watch it: a closed set of plain, immutable, JSON-able events. */
import type { LogLevel } from '../ports/index.js';

/** A value as it stands in an event: JSON. Dates are ISO text, files and flows small objects, secrets `[redacted]`. */
export type Data = null | string | number | boolean | readonly Data[] | DataObject;
export interface DataObject {
  readonly [key: string]: Data;
}

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
  readonly cause?: ErrorData;
}

/** `root`: started from outside. `call`: by a card that waits for it. `async`: by a card that does not. */
export type RunKind = 'root' | 'call' | 'async';
/** `stopped`: ended early and well, by Continue If. */
export type RunStatus = 'success' | 'stopped' | 'error' | 'cancelled';
/** Of a card by itself: whether an enclosing block dealt with its error is told by how the cards around it ended. */
export type CardStatus = 'success' | 'error';

interface Moment {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly at: number;
}

interface OfRun extends Moment {
  readonly type: 'run';
  readonly runId: string;
  /** Run at the top of the tree; of a root run its own id. */
  readonly rootRunId: string;
  readonly parentRunId: string | null;
  /** Id of the flow. */
  readonly flow: string;
  readonly flowName: string;
  readonly kind: RunKind;
}

export interface RunStarted extends OfRun {
  readonly phase: 'started';
  /** By field name. Null: not recorded. */
  readonly inputs: DataObject | null;
}

export interface RunEnded extends OfRun {
  readonly phase: 'ended';
  readonly status: RunStatus;
  /** By field name. Null: none, or not recorded. */
  readonly outputs: DataObject | null;
  readonly error: ErrorData | null;
  readonly durationMs: number;
  /** Cards that were executed, those of called flows not counted. */
  readonly steps: number;
}

interface OfCard extends Moment {
  readonly type: 'card';
  readonly runId: string;
  /** Number of this execution within its run, rising in the order of starts. */
  readonly seq: number;
  /** Id of the card in its flow. */
  readonly card: string;
  /** Such as `text.compose`. */
  readonly cardType: string;
  readonly title: string;
  /** Container cards from the outside in, each with its block or item number: `["attempt", "try"]`. */
  readonly path: readonly string[];
}

export interface CardStarted extends OfCard {
  readonly phase: 'started';
  /** By field name. Null: not recorded, or not read yet. */
  readonly inputs: DataObject | null;
}

/** Stands on its own: an observer that only hears the ends of cards misses nothing but the moment of the start. */
export interface CardEnded extends OfCard {
  readonly phase: 'ended';
  readonly status: CardStatus;
  /** 1, and 1 more for each retry. */
  readonly attempts: number;
  readonly inputs: DataObject | null;
  readonly outputs: DataObject | null;
  readonly error: ErrorData | null;
  readonly durationMs: number;
}

/** A flow called by a card. How the call went is told by the callee's own run. */
export interface CallEvent extends Moment {
  readonly type: 'call';
  readonly phase: 'started' | 'ended';
  readonly callerRunId: string;
  /** Number of the calling card's execution in the caller. */
  readonly seq: number;
  readonly card: string;
  readonly calleeRunId: string;
  /** Id of the flow that is called. */
  readonly flow: string;
  /** Position of the item that it is called for, from 0. Null: it is not called per item. */
  readonly index: number | null;
}

/** A failed attempt that will be repeated. The last failure is told by the card's end. */
export interface AttemptEvent extends Moment {
  readonly type: 'attempt';
  readonly runId: string;
  readonly seq: number;
  readonly card: string;
  /** Number of the attempt that failed, from 1. */
  readonly attempt: number;
  readonly error: ErrorData;
  /** Milliseconds until the next attempt. */
  readonly delayMs: number;
}

export interface LogEvent extends Moment {
  readonly type: 'log';
  readonly level: LogLevel;
  readonly message: string;
  readonly details: DataObject | null;
  readonly runId: string;
  readonly card: string | null;
}

/** How far a long loop has come. */
export interface ProgressEvent extends Moment {
  readonly type: 'progress';
  readonly runId: string;
  readonly seq: number;
  readonly card: string;
  readonly done: number;
  /** Null: not known. */
  readonly total: number | null;
}

export type RunEvent = RunStarted | RunEnded;
export type CardEvent = CardStarted | CardEnded;
export type FlowEvent = RunEvent | CardEvent | CallEvent | AttemptEvent | LogEvent | ProgressEvent;

/** Events by their `type`. */
export type EventMap = { readonly [T in FlowEvent['type']]: Extract<FlowEvent, { type: T }> };
