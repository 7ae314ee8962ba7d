/** What all executions of one started run share. */
import type { Answer } from '../cards/index.js';
import type { RunStatus } from '../observe/index.js';
import type { Connection } from '../ports/index.js';
import type { ValueObject } from '../values/index.js';
import type { IgnoredReport } from './ignored.js';
import type { RecordedTables } from './table-changes.js';

/** How a flow that was started with Call Flow Async ended. */
export interface ChildOutcome {
  readonly executionId: string;
  readonly flow: string;
  readonly status: RunStatus;
  readonly error: unknown;
}

/** A connection, and its values as flows read them. */
export interface OpenConnection {
  readonly connection: Connection;
  readonly values: ValueObject;
}

/** Where a run has its connections from once it goes on. */
export interface ConnectionSource {
  /** Asks the host again. Null: the host's connections stay as they were when the run began. */
  readonly reopen: ((name: string) => Promise<OpenConnection>) | null;
  /** Holds what the host says that a connection is now against its manifest. @throws ConnectionError */
  renewed(name: string, connection: Connection): OpenConnection;
}

/** So many flows that nobody waited for are told of a run, and as many again that failed. */
const MOST_CHILDREN = 500;
/** So many items that failed are told. */
const MOST_IGNORED = 100;

export class RunTree {
  /** Executed cards, nested and called ones included. */
  steps = 0;
  /** Steps after which the run looks up. */
  horizon = 0;
  /** Calls and blocks until the run looks up. */
  calls = 0;
  answer: Answer | null = null;
  /** By name; null until the first is opened. */
  connections: Map<string, OpenConnection> | null = null;
  /** Null until the first is opened. */
  source: ConnectionSource | null = null;
  /** What flows run with, by the name of its connection: values that a renewal has replaced are among them. */
  readonly #names = new WeakMap<ValueObject, string>();
  /** Flows under way that nobody waits for; null until the first is started. */
  pending: Set<Promise<void>> | null = null;
  children: ChildOutcome[] | null = null;
  /** Children that are not in the list, which ends somewhere. */
  moreChildren = 0;
  #failedChildren = 0;
  /** Items that failed, and a card went on without them; null until there is one. */
  ignored: IgnoredReport[] | null = null;
  moreIgnored = 0;
  /** Null until a card asks for tables. */
  tables: RecordedTables | null = null;

  /** Flows under way that nobody waits for. */
  get live(): number {
    return this.pending?.size ?? 0;
  }

  /** All of them, those that have ended included. */
  get spawned(): number {
    return this.live + (this.children?.length ?? 0) + this.moreChildren;
  }

  open(name: string, connection: OpenConnection): void {
    this.connections ??= new Map();
    this.connections.set(name, connection);
    this.#names.set(connection.values, name);
  }

  /** The name of the connection whose values a flow runs with. */
  connectionName(values: ValueObject): string | undefined {
    return this.#names.get(values);
  }

  /** Keeps track of a flow that nobody waits for, until it has ended. `failed` says what an error that it ended with means. */
  follow(
    executionId: string,
    flow: string,
    ending: Promise<{ readonly kind: string }>,
    failed: (error: unknown) => Pick<ChildOutcome, 'status' | 'error'>,
  ): void {
    this.pending ??= new Set();
    const { pending } = this;
    const ended = ending
      .then(
        ({ kind }) => this.#keep({ executionId, flow, status: kind === 'stop' ? 'stopped' : 'success', error: null }),
        (error: unknown) => this.#keep({ executionId, flow, ...failed(error) }),
      )
      .finally(() => pending.delete(ended));
    pending.add(ended);
  }

  /** Successes leave room for failures: those are what is looked for. */
  #keep(child: ChildOutcome): void {
    this.children ??= [];
    const isFailed = child.status === 'error';
    const room = MOST_CHILDREN - (isFailed ? this.#failedChildren : this.children.length - this.#failedChildren);
    if (room <= 0) this.moreChildren++;
    else {
      this.children.push(child);
      if (isFailed) this.#failedChildren++;
    }
  }

  /** Keeps the report of an item whose failure nobody else will hear of. */
  ignore(report: () => IgnoredReport): void {
    this.ignored ??= [];
    if (this.ignored.length < MOST_IGNORED) this.ignored.push(report());
    else this.moreIgnored++;
  }

  /** Resolves when no flow is under way that nobody waits for. */
  async settled(): Promise<void> {
    while (this.pending !== null && this.pending.size > 0) await Promise.all(this.pending);
  }
}
