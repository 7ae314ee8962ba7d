/** What all executions of one started run share. */
import type { Answer } from '../cards/index.js';
import type { Connection } from '../ports/index.js';
import type { ValueObject } from '../values/index.js';

/** How a flow that was started with Call Flow Async ended. */
export interface ChildOutcome {
  readonly executionId: string;
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
  /** By name; null until the first is opened. */
  connections: Map<string, OpenConnection> | null = null;
  /** Flows under way that nobody waits for; null until the first is started. */
  pending: Set<Promise<void>> | null = null;
  children: ChildOutcome[] | null = null;

  open(name: string, connection: OpenConnection): void {
    this.connections ??= new Map();
    this.connections.set(name, connection);
  }

  /** Keeps track of a flow that nobody waits for, until it has ended. */
  follow(executionId: string, flow: string, ending: Promise<{ readonly kind: string }>): void {
    this.pending ??= new Set();
    this.children ??= [];
    const { pending, children } = this;
    const ended = ending
      .then(
        (outcome) =>
          void children.push({
            executionId,
            flow,
            status: outcome.kind === 'stop' ? 'stopped' : 'success',
            error: null,
          }),
        (error: unknown) => void children.push({ executionId, flow, status: 'error', error }),
      )
      .finally(() => pending.delete(ended));
    pending.add(ended);
  }

  /** Resolves when no flow is under way that nobody waits for. */
  async settled(): Promise<void> {
    while (this.pending !== null && this.pending.size > 0) await Promise.all(this.pending);
  }
}
