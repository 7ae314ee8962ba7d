/** What the cards of a run may reach: HTTP, connections, the log. */
import { ConnectionError, RunError } from '../errors.js';
import type { Step } from '../plan/index.js';
import type { CardOrigin, Connection, HttpPort, Logger, TableStore } from '../ports/index.js';
import type { ValueObject } from '../values/index.js';
import type { Execution } from './execution.js';
import { interceptHttp } from './intercept.js';
import { limitedHttp } from './payload.js';
import type { Run } from './run.js';
import { RecordedTables } from './table-changes.js';
import type { OpenConnection } from './tree.js';

/** @throws RunError `http-missing`. */
export function httpOf(run: Run, origin: CardOrigin): HttpPort {
  const { http } = run.world;
  if (http === null) {
    throw new RunError('http-missing', 'The engine was given no HTTP port.', {
      hint: 'Pass ports: { http: httpPort() } with httpPort from "@flowdeck/cards/http".',
    });
  }
  const limited = limitedHttp(http, run.limits.payloadBytes, origin);
  const { http: chain } = run.world.interceptors;
  return chain === null ? limited : interceptHttp(chain, limited, origin);
}

export function loggerOf(run: Run, step: Step, execution: Execution): Logger {
  return {
    log: (level, message, details) => run.watch.log(level, message, details ?? null, step, execution),
  };
}

/** The tables of the world; what the run changes in them is told in its result. */
export function tablesOf(run: Run): TableStore {
  run.tree.tables ??= new RecordedTables(run.world.tables, () => run.redactor);
  return run.tree.tables;
}

/** @throws ConnectionError `connection-missing`. */
export function connectionNamed(run: Run, name: string): OpenConnection {
  const open = run.tree.connections?.get(name);
  if (open) return open;
  throw new ConnectionError('connection-missing', `There is no connection "${name}".`, {
    hint: 'Give the engine a connection of that name.',
  });
}

/**
 * The connection that a card has declared to take; `values` are those that its flow runs with.
 *
 * @throws ConnectionError `connection-missing`.
 */
export function connectionTaken(run: Run, step: Step, values: ValueObject | null): Connection | null {
  const use = step.card.connection;
  if (use === undefined) return null;
  if (step.connection !== null) return connectionNamed(run, step.connection).connection;
  const behind = connectionBehind(run, values);
  if (behind !== null && (use.connector === undefined || behind.connector === use.connector)) return behind;
  if (use.optional === true) return null;
  const of = use.connector === undefined ? '' : ` of "${use.connector}"`;
  throw new ConnectionError('connection-missing', `"${step.card.id}" needs a connection${of}, and its flow has none.`, {
    hint: 'Name one at the card, or run the flow with one.',
  });
}

/** The connection whose values a flow runs with. */
function connectionBehind(run: Run, values: ValueObject | null): Connection | null {
  if (values === null) return null;
  for (const open of run.tree.connections?.values() ?? []) if (open.values === values) return open.connection;
  return null;
}
