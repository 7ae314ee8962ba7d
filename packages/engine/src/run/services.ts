/** What the cards of a run may reach: HTTP, connections, the log. */
import { ConnectionError, RunError } from '../errors.js';
import type { Step } from '../plan/index.js';
import type { CardOrigin, Connection, Connections, HttpPort, HttpRequest, Logger, TableStore } from '../ports/index.js';
import type { ValueObject } from '../values/index.js';
import type { Execution } from './execution.js';
import { interceptHttp } from './intercept.js';
import { limitedHttp } from './payload.js';
import type { Run } from './run.js';
import { RecordedTables, TableTally } from './table-changes.js';
import type { OpenConnection } from './tree.js';

/**
 * The way out of a card whose flow runs with the connection of that name.
 *
 * @throws RunError `http-missing`.
 */
export function httpOf(run: Run, origin: CardOrigin, connection: string | undefined): HttpPort {
  const { http, connections, interceptors } = run.world;
  if (http === null) {
    throw new RunError('http-missing', 'The engine was given no HTTP port.', {
      hint: 'Pass ports: { http: httpPort() } with httpPort from "@flowdeck/cards/http".',
    });
  }
  const limited = limitedHttp(http, run.limits.payloadBytes, origin);
  const inner =
    connection === undefined || connections.exchange === undefined
      ? limited
      : exchangedHttp(run, connections, limited, origin, connection);
  return interceptors.http === null ? inner : interceptHttp(interceptors.http, inner, origin);
}

/** Requests as the host's connections let them out. */
function exchangedHttp(run: Run, connections: Connections, port: HttpPort, origin: CardOrigin, name: string): HttpPort {
  const send = (request: HttpRequest) => port.request(request);
  const renewed = (connection: Connection) => {
    const { source } = run.tree;
    if (source) run.tree.open(name, source.renewed(name, connection));
  };
  return {
    request: (request) => connections.exchange?.({ name, request, origin, send, renewed }) ?? send(request),
  };
}

/** The connection that a card's requests go out with: its own, else that of its flow. */
export function connectionOut(run: Run, step: Step, values: ValueObject | null): string | undefined {
  return step.connection ?? (values === null ? undefined : run.tree.connectionName(values));
}

export function loggerOf(run: Run, step: Step, execution: Execution): Logger {
  return {
    log: (level, message, details) => run.watch.log(level, message, details ?? null, step, execution),
  };
}

/** The tables of the world; what the run changes in them is told in its result. */
export function tablesOf(run: Run): TableStore {
  run.tree.tables ??= new TableTally();
  return new RecordedTables(run.world.tables, run.tree.tables, () => run.redactor);
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
  const name = values === null ? undefined : run.tree.connectionName(values);
  return name === undefined ? null : connectionNamed(run, name).connection;
}

/** The values of a connection as a call begins. Asks the host again where it says that connections change. */
export function valuesNow(run: Run, name: string): ValueObject | Promise<ValueObject> {
  const reopen = run.tree.source?.reopen ?? null;
  if (reopen === null) return connectionNamed(run, name).values;
  const reopened = reopen(name).then((opened) => {
    // A new object for the same values would make every call look like a renewal.
    const known = connectionNamed(run, name);
    if (opened.connection === known.connection) return known.values;
    run.tree.open(name, opened);
    return opened.values;
  });
  // The guard hands on what it was given.
  return run.waiting.guard(reopened, null, null) as Promise<ValueObject>;
}
