/** What all executions of one started run share. */
import type { Answer } from '../cards/index.js';
import type { Connection } from '../ports/index.js';
import type { ValueObject } from '../values/index.js';

/** How a flow that was started with Call Flow Async ended. */
export interface ChildOutcome {
  readonly runId: string;
  readonly flow: string;
  readonly status: 'success' | 'stopped' | 'error';
  readonly error: unknown;
}

/** A connection, and its values as flows read them. */
export interface OpenConnection {
  readonly connection: Connection;
  readonly values: ValueObject;
}

export class RunTree {
  /** Executed cards, nested and called ones included. */
  steps = 0;
  answer: Answer | null = null;
  readonly connections = new Map<string, OpenConnection>();
  /** Flows under way that nobody waits for. */
  readonly pending = new Set<Promise<void>>();
  readonly children: ChildOutcome[] = [];
}
