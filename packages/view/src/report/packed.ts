/** A run as the page holds it: columns of numbers, and a pool of distinct values in chunks that are opened when they are asked for. */
import type { DataObject, RunStatus } from '@flowdeck/engine';

/** What the page reads first. */
export interface PackedRun {
  /** Milliseconds since 1970-01-01T00:00:00Z, of the start. */
  readonly startedAt: number;
  /** Texts that columns point to: ids, names, titles. */
  readonly names: readonly string[];
  readonly executions: ExecutionColumns;
  readonly steps: StepColumns;
  /** Attempts that failed and were repeated. */
  readonly retries: readonly PackedRetry[];
  readonly logs: readonly PackedLog[];
  readonly exchanges: readonly PackedExchange[];
  readonly tables: readonly PackedTable[];
  readonly flows: readonly PackedFlow[];
  /** How many values each chunk of the pool holds. */
  readonly chunks: readonly number[];
  /** Counts of what is not told one by one. */
  readonly folded: { readonly executions: number; readonly steps: number };
}

/** The column of a state is its position in this list. */
export const STATES = ['success', 'error', 'running', 'stopped', 'cancelled'] as const satisfies readonly (
  | 'running'
  | RunStatus
)[];

/** One entry of each for every execution, in the order of starts. `-1`: none. Times are microseconds from the start of the run. */
export interface ExecutionColumns {
  /** Of `names`: its id. */
  readonly id: readonly number[];
  /** Its flow: of `flows`, or of `names` from `-2` downwards where the document has no such flow. */
  readonly flow: readonly number[];
  /** The step that called it. */
  readonly caller: readonly number[];
  /** Position of the item that it was called for. */
  readonly item: readonly number[];
  readonly state: readonly number[];
  readonly start: readonly number[];
  readonly length: readonly number[];
  /** Of the pool of values, as the next two. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly error: readonly number[];
}

/** One entry of each for every step, those of one execution together, in the order of starts. */
export interface StepColumns {
  readonly execution: readonly number[];
  /** Of `names`: id of the card, its type, its title. */
  readonly card: readonly number[];
  readonly type: readonly number[];
  readonly title: readonly number[];
  /** Container cards around it. */
  readonly depth: readonly number[];
  readonly seq: readonly number[];
  readonly state: readonly number[];
  readonly start: readonly number[];
  readonly length: readonly number[];
  readonly attempts: readonly number[];
  /** Of the pool of values, as the next two. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly error: readonly number[];
}

/** A failed attempt of a step. */
export interface PackedRetry {
  readonly step: number;
  readonly attempt: number;
  /** Milliseconds until the next one. */
  readonly delayMs: number;
  readonly message: string;
}

/** A line that was logged. `step` is -1 where no card wrote it, `execution` that in which it stands. */
export interface PackedLog {
  readonly execution: number;
  readonly card: string | null;
  readonly level: string;
  readonly message: string;
}

/** An HTTP exchange; `step` is -1 where it belongs to none that is kept. */
export interface PackedExchange {
  readonly step: number;
  readonly attempt: number;
  readonly method: string;
  readonly url: string;
  readonly status: number | null;
  readonly error: string | null;
  readonly durationMs: number;
  /** Of the pool of values: headers and body, both ways. */
  readonly detail: number;
}

/** What was done to a table. */
export interface PackedTable {
  readonly table: string;
  readonly inserted: number;
  readonly updated: number;
  readonly removed: number;
  readonly changes: readonly {
    readonly change: string;
    readonly row: string | null;
    readonly values: DataObject | null;
  }[];
}

/** A flow of the document. */
export interface PackedFlow {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** By the id that steps have. */
  readonly cards: Readonly<Record<string, PackedCard>>;
}

/** A card of the document. */
export interface PackedCard {
  /** Of its picture. */
  readonly key: string;
  /** JSON Pointer into the flow. */
  readonly pointer: string;
  /** Where its inputs come from, by name: bindings as the document has them. */
  readonly bindings: DataObject;
}
