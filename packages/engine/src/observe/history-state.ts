/** What a history holds: executions, their cards, calls, failures and log lines, as plain JSON data. */
import type { LogLevel } from '../ports/index.js';
import type { DataObject } from '../values/index.js';
import type { CardStatus, ErrorData, ExecutionKind, RunStatus } from './events.js';

/** How much is kept. What goes over a limit is counted in `dropped`, never silently lost. */
export interface HistoryLimits {
  /** Executions. When there are more, the one that ended first goes. Default 1,000. */
  readonly executions: number;
  /** Cards of one execution, and calls, and log lines: the first so many. Failures are kept beyond that. Default 10,000. */
  readonly cards: number;
  /** Characters of one record of inputs or outputs, as JSON text, roughly. Default 20,000. */
  readonly valueChars: number;
}

/** Everything that a recorder was told of, within its limits: immutable JSON data that can be sent and kept. */
export interface History {
  /** The limits it was made with. */
  readonly limits: HistoryLimits;
  /** By id. `executionOf` finds one, `executionsOf` gives all in the order of their starts. */
  readonly executions: { readonly [executionId: string]: ExecutionEntry };
  /** Execution ids in the order of starts: by number, from 0. */
  readonly started: { readonly [number: number]: string };
  /** Execution ids in the order of ends. The first is the next to go. */
  readonly ended: { readonly [number: number]: string };
  /** Counts of executions, kept or not. */
  readonly counts: {
    /** Executions started. */
    readonly started: number;
    /** Executions ended. */
    readonly ended: number;
    /** Executions kept. */
    readonly kept: number;
    /** Executions that ended and went: the number of the first in `ended`. */
    readonly gone: number;
  };
  /** Counts of what went over the limits and is not kept. */
  readonly dropped: {
    readonly executions: number;
    /** Events of executions that are not kept. */
    readonly events: number;
  };
}

/** One activation of a flow, as a history keeps it. */
export interface ExecutionEntry {
  /** Path of calls that led there, such as `run/each.3/send`; of the run's own flow the id of the run. */
  readonly id: string;
  /** Its place in the order of starts, from 0. */
  readonly number: number;
  /** The run, whole: the id that its result has. */
  readonly runId: string;
  /** The execution whose card started it. Null: it is a run's own flow. */
  readonly parentExecutionId: string | null;
  /** Id of the flow. */
  readonly flow: string;
  /** Its name for people. */
  readonly flowName: string;
  /** How it was started. */
  readonly kind: ExecutionKind;
  /** `running` until its end is heard. */
  readonly status: 'running' | RunStatus;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly startedAt: number;
  /** Milliseconds since 1970-01-01T00:00:00Z. Null: it has not ended. */
  readonly endedAt: number | null;
  /** Milliseconds from start to end. Null: it has not ended. */
  readonly durationMs: number | null;
  /** By field name. Null: not recorded. */
  readonly inputs: DataObject | null;
  /** By field name. Null: none, or not recorded. */
  readonly outputs: DataObject | null;
  /** Why it failed or was cancelled. Null: neither, or it has not ended. */
  readonly error: ErrorData | null;
  /** Cards executed, as the execution told at its end. */
  readonly steps: number;
  /**
   * Executions of cards in the order of their starts, in pages of 128: `execution.cards.flat()`. Pages, because a list that
   * is followed is copied for every change.
   */
  readonly cards: readonly (readonly CardEntry[])[];
  /** Flows called by cards, in order, in pages of 128. */
  readonly calls: readonly (readonly CallEntry[])[];
  /** Cards that failed, in the order of failing; the first hundred. */
  readonly failures: readonly FailureEntry[];
  /** Log lines, in order, in pages of 128. */
  readonly logs: readonly (readonly LogEntry[])[];
  /** Counts of what was there, kept or not. */
  readonly counts: { readonly cards: number; readonly calls: number; readonly failures: number; readonly logs: number };
  /** Counts of what went over the limits and is not kept. */
  readonly dropped: {
    readonly cards: number;
    readonly calls: number;
    readonly failures: number;
    readonly logs: number;
  };
}

/** One execution of a card, as a history keeps it. */
export interface CardEntry {
  /** Number of this card within its execution, rising in the order of starts. */
  readonly seq: number;
  /** Id of the card in its flow. */
  readonly card: string;
  /** Such as `text.compose`. */
  readonly cardType: string;
  /** What the document calls the card, else the title of its type. */
  readonly title: string;
  /** Container cards from the outside in, each with its block or item number: `["attempt", "try"]`. */
  readonly path: readonly string[];
  /** `running` until its end is heard. */
  readonly status: 'running' | CardStatus;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly startedAt: number;
  /** Milliseconds from start to end. Null: it has not ended. */
  readonly durationMs: number | null;
  /** 1, and 1 more for each retry. */
  readonly attempts: number;
  /** Failed attempts that were repeated; the last ten. */
  readonly retries: readonly RetryEntry[];
  /** By field name. Null: not recorded, or not read yet. */
  readonly inputs: DataObject | null;
  /** By field name. Null: none, or not recorded. */
  readonly outputs: DataObject | null;
  /** Why it failed. Null: it did not. */
  readonly error: ErrorData | null;
  /** How far a loop has come, as it told last. Null: it told nothing. `total` is null where it is not known. */
  readonly progress: { readonly done: number; readonly total: number | null } | null;
}

/** A failed attempt that was repeated, as a history keeps it. */
export interface RetryEntry {
  /** Number of the attempt that failed, from 1. */
  readonly attempt: number;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly at: number;
  /** Why it failed, secrets redacted. */
  readonly error: ErrorData;
  /** Milliseconds until the next attempt. */
  readonly delayMs: number;
}

/** A call of a flow by a card, as a history keeps it: a `CallEvent` of phase `started`. */
export interface CallEntry {
  /** The calling card's execution. */
  readonly seq: number;
  /** Id of the calling card in its flow. */
  readonly card: string;
  /** Leads to the callee's own entry, as long as that is kept. */
  readonly calleeExecutionId: string;
  /** Id of the flow that was called. */
  readonly flow: string;
  /** Position of the item that it was called for, from 0. Null: not called per item. */
  readonly index: number | null;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly at: number;
}

/** A card that failed. Kept apart, so that failures are found although `cards` are many. */
export interface FailureEntry {
  /** Number of the card within its execution. */
  readonly seq: number;
  /** Id of the card in its flow. */
  readonly card: string;
  /** Milliseconds since 1970-01-01T00:00:00Z, of the end of the card. */
  readonly at: number;
  /** Why it failed, secrets redacted. Null: not recorded. */
  readonly error: ErrorData | null;
}

/** A line that was logged, as a history keeps it. */
export interface LogEntry {
  /** How much it matters. */
  readonly level: LogLevel;
  /** The line itself. */
  readonly message: string;
  /** What was given beside the message, as data. Null: nothing. */
  readonly details: DataObject | null;
  /** Id of the card that wrote it. Null: none did. */
  readonly card: string | null;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly at: number;
}

export const DEFAULT_HISTORY_LIMITS: HistoryLimits = { executions: 1000, cards: 10_000, valueChars: 20_000 };

/** A history before its first event: what `foldEvent` begins with. */
export function emptyHistory(limits: Partial<HistoryLimits> = {}): History {
  return {
    limits: { ...DEFAULT_HISTORY_LIMITS, ...limits },
    // Without a prototype, so that an execution may have any id.
    executions: Object.create(null),
    started: {},
    ended: {},
    counts: { started: 0, ended: 0, kept: 0, gone: 0 },
    dropped: { executions: 0, events: 0 },
  };
}

/** The key of an execution. Patches refuse to touch the three names that could reach a prototype. */
export function executionKey(executionId: string): string {
  return executionId === '__proto__' || executionId === 'constructor' || executionId === 'prototype'
    ? `${executionId}~`
    : executionId;
}

/** The entry of an execution, or null when it is not kept. */
export function executionOf(history: History, executionId: string): ExecutionEntry | null {
  const key = executionKey(executionId);
  return Object.hasOwn(history.executions, key) ? (history.executions[key] ?? null) : null;
}

/** All executions that are kept, in the order of their starts. */
export function executionsOf(history: History): readonly ExecutionEntry[] {
  // Keys that are numbers come in ascending order.
  return Object.values(history.started).flatMap((executionId) => executionOf(history, executionId) ?? []);
}
