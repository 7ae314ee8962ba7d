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

export interface History {
  readonly limits: HistoryLimits;
  /** By id. `executionOf` finds one, `executionsOf` gives all in the order of their starts. */
  readonly executions: { readonly [executionId: string]: ExecutionEntry };
  /** Execution ids in the order of starts: by number, from 0. */
  readonly started: { readonly [number: number]: string };
  /** Execution ids in the order of ends. The first is the next to go. */
  readonly ended: { readonly [number: number]: string };
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
  readonly dropped: {
    readonly executions: number;
    /** Events of executions that are not kept. */
    readonly events: number;
  };
}

export interface ExecutionEntry {
  readonly id: string;
  readonly number: number;
  readonly runId: string;
  readonly parentExecutionId: string | null;
  readonly flow: string;
  readonly flowName: string;
  readonly kind: ExecutionKind;
  readonly status: 'running' | RunStatus;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly durationMs: number | null;
  readonly inputs: DataObject | null;
  readonly outputs: DataObject | null;
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
  readonly dropped: {
    readonly cards: number;
    readonly calls: number;
    readonly failures: number;
    readonly logs: number;
  };
}

export interface CardEntry {
  readonly seq: number;
  readonly card: string;
  readonly cardType: string;
  readonly title: string;
  readonly path: readonly string[];
  readonly status: 'running' | CardStatus;
  readonly startedAt: number;
  readonly durationMs: number | null;
  readonly attempts: number;
  /** Failed attempts that were repeated; the last ten. */
  readonly retries: readonly RetryEntry[];
  readonly inputs: DataObject | null;
  readonly outputs: DataObject | null;
  readonly error: ErrorData | null;
  readonly progress: { readonly done: number; readonly total: number | null } | null;
}

export interface RetryEntry {
  readonly attempt: number;
  readonly at: number;
  readonly error: ErrorData;
  readonly delayMs: number;
}

export interface CallEntry {
  /** The calling card's execution. */
  readonly seq: number;
  readonly card: string;
  /** Leads to the callee's own entry, as long as that is kept. */
  readonly calleeExecutionId: string;
  readonly flow: string;
  readonly index: number | null;
  readonly at: number;
}

export interface FailureEntry {
  readonly seq: number;
  readonly card: string;
  readonly at: number;
  readonly error: ErrorData | null;
}

export interface LogEntry {
  readonly level: LogLevel;
  readonly message: string;
  readonly details: DataObject | null;
  readonly card: string | null;
  readonly at: number;
}

export const DEFAULT_HISTORY_LIMITS: HistoryLimits = { executions: 1000, cards: 10_000, valueChars: 20_000 };

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
