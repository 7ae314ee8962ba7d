/** The ways to the world that a host gives, and those that stand in for what it does not give. */
import type {
  Clock,
  Connection,
  Connections,
  FileStore,
  HttpPort,
  Ids,
  Logger,
  Random,
  Runtime,
  TableStore,
} from './ports/index.js';
import {
  fixedConnections,
  memoryFiles,
  memoryTables,
  silentLogger,
  systemClock,
  systemIds,
  systemRandom,
} from './ports/memory/index.js';
import { Deadlines } from './run/deadlines.js';
import { memoryRuntime } from './run/local.js';
import type { World } from './run/world.js';

/** The ways to the world. Every one has a default, but HTTP: what may be reached is the host's decision. */
export interface Ports {
  readonly http?: HttpPort;
  readonly clock?: Clock;
  readonly random?: Random;
  readonly ids?: Ids;
  readonly tables?: TableStore;
  readonly files?: FileStore;
  /** By name, or a port that finds them. */
  readonly connections?: Connections | Readonly<Record<string, Connection>>;
  readonly logger?: Logger;
  /** Where runs live. Default: in memory. */
  readonly runtime?: Runtime;
}

export function openWorld(ports: Ports): World {
  const clock = ports.clock ?? systemClock();
  const { connections } = ports;
  return {
    clock,
    random: ports.random ?? systemRandom(),
    ids: ports.ids ?? systemIds(),
    tables: ports.tables ?? memoryTables(clock),
    files: ports.files ?? memoryFiles(clock),
    connections: isConnections(connections) ? connections : fixedConnections(connections ?? {}),
    logger: ports.logger ?? silentLogger(),
    runtime: ports.runtime ?? memoryRuntime(),
    http: ports.http ?? null,
    deadlines: new Deadlines(clock),
  };
}

function isConnections(connections: Ports['connections']): connections is Connections {
  return typeof connections?.get === 'function';
}
