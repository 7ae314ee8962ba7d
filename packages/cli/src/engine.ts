/** Makes the engine that a command works with. */

import { standard } from '@flowdeck/cards';
import {
  type Connection,
  createEngine,
  type Engine,
  FlowdeckError,
  type HttpPort,
  memoryFiles,
  type Pack,
  type Ports,
} from '@flowdeck/engine';
import { UsageError } from './errors.js';
import type { Io } from './io.js';
import { builtInPacks, loadPacks } from './packs.js';
import { quickClock, quickIds } from './ports.js';

export interface EngineRequest {
  /** Names given with `--pack`. */
  readonly packs: readonly string[];
  /** Texts that say which built-in packs are needed. */
  readonly texts: readonly string[];
  readonly connections?: ReadonlyMap<string, Connection>;
  readonly allowHosts?: readonly string[];
  readonly runtime?: NonNullable<Ports['runtime']>;
  readonly tables?: NonNullable<Ports['tables']>;
}

export interface OpenEngine {
  readonly engine: Engine;
  readonly files: NonNullable<Ports['files']>;
  /** Lets go of network connections. */
  close(): Promise<void>;
}

/** @throws UsageError `pack-not-found`, `pack-invalid`, `duplicate-card`, `duplicate-connector`, `allow-host`. */
export async function openEngine(request: EngineRequest, io: Io): Promise<OpenEngine> {
  const { connections = new Map<string, Connection>(), allowHosts = [], runtime, tables } = request;
  const packs = await openPacks(request, io);
  const http = lazyHttp(allowHosts);
  if (allowHosts.length > 0) await http.open();
  const clock = quickClock();
  const files = memoryFiles(clock);
  const ports: Ports = {
    http,
    clock,
    ids: quickIds(),
    files,
    connections: { get: (name) => connections.get(name) ?? null },
    ...(runtime === undefined ? {} : { runtime }),
    ...(tables === undefined ? {} : { tables }),
  };
  return { engine: engineOf(packs, ports), files, close: () => http.close() };
}

/**
 * The standard library, the built-in packs that something mentions, and the packs that are named.
 *
 * @throws UsageError `pack-not-found`, `pack-invalid`.
 */
export async function openPacks(
  { packs, texts, connections }: Pick<EngineRequest, 'packs' | 'texts' | 'connections'>,
  io: Io,
): Promise<readonly Pack[]> {
  const named = await loadPacks(packs, io);
  const builtIn = await builtInPacks({ texts, connections: connections?.values() ?? [] }, named);
  return [standard, ...builtIn, ...named];
}

/** The standard cards and the built-in connectors, and the packs that are named. */
export async function openCatalogue(packs: readonly string[], io: Io): Promise<Engine> {
  return (await openEngine({ packs, texts: ['"twilio.'] }, io)).engine;
}

/** @throws UsageError `pack-invalid`, `duplicate-card`, `duplicate-connector`. */
export function engineOf(packs: readonly Pack[], ports: Ports): Engine {
  try {
    return createEngine({ packs, ports });
  } catch (cause) {
    if (!(cause instanceof FlowdeckError)) throw cause;
    // Without the user's packs there would be no such error.
    const { code, message, hint } = cause;
    const known = code === 'duplicate-card' || code === 'duplicate-connector';
    throw new UsageError(
      known ? code : 'pack-invalid',
      known ? message : `A connector of a pack is faulty: ${message}`,
      {
        ...(hint === undefined ? {} : { hint }),
        cause,
      },
    );
  }
}

/** HTTP that is loaded with the first request: most flows make none. */
function lazyHttp(allowHosts: readonly string[]) {
  let port: Promise<HttpPort & { close(): Promise<void> }> | null = null;
  const open = () => {
    port ??= import('@flowdeck/cards/http').then(({ httpPort }) => httpPort({ allowHosts }));
    return port;
  };
  return {
    request: async (request: Parameters<HttpPort['request']>[0]) => (await open()).request(request),
    /** Checks the hosts. */
    open: async () => {
      try {
        await open();
      } catch (cause) {
        if (!(cause instanceof FlowdeckError)) throw cause;
        throw new UsageError('allow-host', `--allow-host: ${cause.message}`, {
          hint: 'Write HOST, HOST:PORT or *.DOMAIN.',
          cause,
        });
      }
    },
    close: async () => {
      if (port !== null) await (await port).close();
    },
  };
}
