/** What all executions of one started run share. */
import type { Answer } from '../cards/index.js';
import type { Connection, SpawnedCall } from '../ports/index.js';
import type { ValueObject } from '../values/index.js';
import type { Beside } from './beside.js';
import type { IgnoredReport } from './ignored.js';
import { type TableReport, TableTally } from './table-changes.js';

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
  /** Names of connections by what flows run with, values that a renewal has replaced among them. Null until the first is opened. */
  #names: WeakMap<ValueObject, string> | null = null;
  /** Flows that nobody waits for; null until there is one. */
  beside: Beside | null = null;
  /** Flows that nobody waits for, under way where a runtime runs them; null until the first is started. */
  spawnedCalls: SpawnedCall[] | null = null;
  /** Items that failed, and a card went on without them; null until there is one. */
  ignored: IgnoredReport[] | null = null;
  moreIgnored = 0;
  /** What was done to tables; null until a card asks for them, here or in a call elsewhere. */
  tables: TableTally | null = null;

  open(name: string, connection: OpenConnection): void {
    this.connections ??= new Map();
    this.connections.set(name, connection);
    this.#names ??= new WeakMap();
    this.#names.set(connection.values, name);
  }

  /** The name of the connection whose values a flow runs with. */
  connectionName(values: ValueObject): string | undefined {
    return this.#names?.get(values);
  }

  /** Keeps track of flows that run elsewhere, and are joined in this order. */
  adopt(calls: readonly SpawnedCall[]): void {
    if (calls.length === 0) return;
    this.spawnedCalls ??= [];
    this.spawnedCalls.push(...calls);
  }

  /** Takes in what a call elsewhere did to tables. */
  adoptTables(reports: readonly TableReport[]): void {
    if (reports.length === 0) return;
    this.tables ??= new TableTally();
    this.tables.adopt(reports);
  }

  /** Keeps the report of an item whose failure nobody else will hear of. */
  ignore(report: () => IgnoredReport): void {
    this.ignored ??= [];
    if (this.ignored.length < MOST_IGNORED) this.ignored.push(report());
    else this.moreIgnored++;
  }
}
