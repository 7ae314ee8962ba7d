/** Makes the engine that a command works with. */
import {
  type CardType,
  type Connection,
  type Connections,
  createEngine,
  DocumentError,
  type Engine,
  FlowdeckError,
  type HttpPort,
  memoryFiles,
  type Pack,
  type Ports,
} from '@flowdeck/engine';
import { UsageError } from '../errors.js';
import type { Io } from '../system/io.js';
import { quickClock, quickIds } from '../system/ports.js';
import { builtInPacks, everyBuiltIn } from './built-in.js';
import { lazyHttp } from './http.js';
import { loadPacks } from './packs.js';

export interface PackRequest {
  /** Names given with `--pack`. */
  readonly packs: readonly string[];
  /** Namespaces of the packs that are needed; those of them that are built in are loaded. */
  readonly namespaces: ReadonlySet<string>;
  /** Ids of the cards that are used, where no others will be: only modules of the library that have them are loaded. Default: any may be used. */
  readonly cards?: ReadonlySet<string>;
  /** Packs that go before those that are built in, such as versions of connectors from a store. */
  readonly deployed?: readonly Pack[];
}

export interface EngineRequest extends PackRequest {
  /** By name; or the port itself, made with the way to services and the engine that will use it. */
  readonly connections?: ReadonlyMap<string, Connection> | ConnectionsMaker;
  readonly allowHosts?: readonly string[];
  readonly runtime?: NonNullable<Ports['runtime']>;
  readonly tables?: NonNullable<Ports['tables']>;
  /** Default: one that is made for short processes. */
  readonly clock?: NonNullable<Ports['clock']>;
  /** Stands around the way out. */
  readonly watchHttp?: (port: HttpPort) => HttpPort;
}

export type ConnectionsMaker = (http: HttpPort, engine: () => Engine) => Connections;

export interface OpenEngine {
  readonly engine: Engine;
  readonly http: HttpPort;
  readonly files: NonNullable<Ports['files']>;
  readonly connections: Connections;
  /** Another engine with the same ports, with the packs as they are now. Modules are read once in a process: their code stays. */
  anew(request: PackRequest): Promise<Engine>;
  /** Says by which engine's connectors connections are renewed from now on. */
  use(engine: Engine): void;
  /** Lets go of network connections. */
  close(): Promise<void>;
}

/** @throws UsageError `pack-not-found`, `pack-invalid`, `duplicate-card`, `duplicate-address`, `duplicate-connector`, `allow-host`. */
export async function openEngine(request: EngineRequest, io: Io): Promise<OpenEngine> {
  const {
    connections = new Map<string, Connection>(),
    allowHosts = [],
    runtime,
    tables,
    watchHttp = (port) => port,
  } = request;
  const packs = await openPacks(request, io);
  const { clock = quickClock() } = request;
  const http = await lazyHttp(allowHosts, io.env, clock);
  const files = memoryFiles(clock);
  const source: Connections =
    typeof connections === 'function'
      ? connections(http, () => current)
      : { get: (name) => connections.get(name) ?? null };
  const ports: Ports = {
    http: watchHttp(http),
    clock,
    ids: quickIds(),
    files,
    connections: source,
    ...(runtime === undefined ? {} : { runtime }),
    ...(tables === undefined ? {} : { tables }),
  };
  const engine = engineOf(packs, ports);
  let current = engine;
  return {
    ...{ engine, http, files, connections: source },
    anew: async (changed) => engineOf(await openPacks(changed, io), ports),
    use(other) {
      current = other;
    },
    close: () => http.close(),
  };
}

/**
 * The standard library, the built-in packs that are needed, and the packs that are named.
 *
 * @throws UsageError `pack-not-found`, `pack-invalid`.
 */
export async function openPacks(request: PackRequest, io: Io): Promise<readonly Pack[]> {
  const { packs, namespaces, cards, deployed = [] } = request;
  const named = [...deployed, ...(await loadPacks(packs, io))];
  const others = [...(await builtInPacks(namespaces, named)), ...named];
  // What packs bring uses cards of its own choice, and must not claim what the library has.
  const library = cards === undefined || others.length > 0 ? standardCards() : standardFor(cards);
  return [await library, ...others];
}

async function standardFor(cards: ReadonlySet<string>): Promise<Pack> {
  return (await import('@flowdeck/cards/modules')).standardFor(cards);
}

async function standardCards(): Promise<Pack> {
  return (await import('@flowdeck/cards')).standard;
}

/** The standard cards and all built-in connectors, and the packs that are named. */
export async function openCatalogue(packs: readonly string[], io: Io): Promise<Engine> {
  return engineOf(await openPacks({ packs, namespaces: everyBuiltIn() }, io), {});
}

/** What an import of the foreign format and a picture go by: the cards of the standard library, and of the packs that are named. */
export async function knownCards(packs: readonly string[], io: Io): Promise<readonly CardType[]> {
  const standard = await standardCards();
  if (packs.length === 0) return standard.cards ?? [];
  return engineOf([standard, ...(await loadPacks(packs, io))], {}).cards.map(({ card }) => card);
}

/** What two packs may both claim. */
const TWICE = ['duplicate-card', 'duplicate-address', 'duplicate-connector'] as const;

/** @throws UsageError `pack-invalid`, `duplicate-card`, `duplicate-address`, `duplicate-connector`. */
export function engineOf(packs: readonly Pack[], ports: Ports): Engine {
  try {
    return createEngine({ packs, ports });
  } catch (cause) {
    if (!(cause instanceof FlowdeckError)) throw cause;
    // Without the user's packs there would be no such error.
    const { code, message, hint } = cause;
    const known = TWICE.find((each) => each === code);
    const what = known ? message : `A connector of a pack is faulty: ${message}`;
    throw new UsageError(known ?? 'pack-invalid', cause instanceof DocumentError ? listed(cause) : what, {
      ...(hint === undefined ? {} : { hint }),
      cause,
    });
  }
}

/** More faults of a pack help nobody who only uses it. */
const MOST_FAULTS = 5;

/** All faults, as the author of the pack wants to know them. */
function listed({ subject = 'A connector', diagnostics }: DocumentError): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const told = errors.slice(0, MOST_FAULTS).map((each) => `${each.message} At ${each.pointer}.`);
  const more = errors.length > MOST_FAULTS ? ` And ${errors.length - MOST_FAULTS} more.` : '';
  return `${subject} is faulty: ${told.join(' ')}${more}`;
}
