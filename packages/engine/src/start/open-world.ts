/** The ports of an engine, with the defaults for those that the host leaves out. */
import type { Interceptors } from '../cards/index.js';
import { harmlessLogger } from '../observe/index.js';
import type { Connections, Ports } from '../ports/index.js';
import {
  fixedConnections,
  memoryFiles,
  memoryTables,
  silentLogger,
  systemClock,
  systemIds,
  systemRandom,
} from '../ports/memory/index.js';
import { Breath } from '../run/breath.js';
import { Deadlines } from '../run/deadlines.js';
import { chainsOf } from '../run/intercept.js';
import { memoryRuntime } from '../run/memory-runtime.js';
import type { World } from '../run/world.js';

export function openWorld(ports: Ports, interceptors?: Interceptors): World {
  const clock = ports.clock ?? systemClock();
  const { connections } = ports;
  return {
    clock,
    random: ports.random ?? systemRandom(),
    ids: ports.ids ?? systemIds(),
    tables: ports.tables ?? memoryTables(clock),
    files: ports.files ?? memoryFiles(clock),
    connections: isConnections(connections) ? connections : fixedConnections(connections ?? {}),
    logger: ports.logger === undefined ? silentLogger() : harmlessLogger(ports.logger),
    runtime: ports.runtime ?? memoryRuntime(),
    http: ports.http ?? null,
    interceptors: chainsOf(interceptors),
    deadlines: new Deadlines(clock),
    breath: new Breath(clock),
  };
}

function isConnections(connections: Ports['connections']): connections is Connections {
  return typeof connections?.get === 'function';
}
