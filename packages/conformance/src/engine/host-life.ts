/** One life of a host: from where it begins on a directory to where it is stopped, or is gone. */
import { join } from 'node:path';
import { type ConnectionStore, liveConnections, manifestIn } from '@flowdeck/connect';
import { createEngine, definePack, HttpError, type HttpPort, type Pack, systemClock } from '@flowdeck/engine';
import {
  createHandler,
  deckStore,
  eventLog,
  fileJournal,
  flowStore,
  Host,
  type HttpServer,
  listen,
} from '@flowdeck/host';
import type { HostData, HostRequest, ManualClock } from '@flowdeck/testing';
import type { OpenHttp } from './adapter.js';

/** Nobody but this process reaches the host. */
export const ADMIN_TOKEN = 'the-owner-of-the-case';

/** What a life is begun with. */
export interface LifeOptions {
  readonly packs: readonly Pack[];
  readonly open: OpenHttp;
  readonly request: HostRequest;
  readonly connections: ConnectionStore;
  readonly dir: string;
  /** Null: real time. */
  readonly clock: ManualClock | null;
  /** 0: any that is free. */
  readonly port: number;
  readonly onEnded: (run: HostData) => void;
}

/** A host that lives. */
export interface HostLife {
  readonly url: string;
  readonly clock: ManualClock | null;
  /** Whether the host has noted the end of a run that has ended. */
  hasNoted(runId: unknown): boolean;
  /** Events that wait for their owner. */
  parked(): readonly HostData[];
  /** Resolves when no run does more than wait. */
  rest(): Promise<void>;
  stop(): Promise<void>;
  /** Nothing of it is heard or told any more. */
  cutOff(): void;
  /** Nobody reaches it any more. */
  unplug(): Promise<void>;
  /** Ends what is left of it. */
  discard(): Promise<void>;
}

export async function beginLife(options: LifeOptions): Promise<HostLife> {
  const { dir, request, clock } = options;
  const time = clock ?? systemClock();
  const wire = new Wire(request.http === null ? null : options.open(request.http));
  const at = (name: string) => join(dir, name);
  const journal = await fileJournal({ dir: at('runs'), clock: time });
  const events = await eventLog({ dir: at('events'), clock: time });
  const store = await flowStore({ dir: at('flows') });
  const connections = liveConnections({
    ...{ store: options.connections, http: wire, clock: time },
    manifest: (connector) => manifestIn(engine, connector),
  });
  const engine = createEngine({
    packs: [...options.packs, ...request.connectors.map(packOf)],
    ports: { clock: time, connections, runtime: journal, http: wire },
  });
  const deck = engine.load(withTypes(request.document));
  let local = '';
  const host = new Host({
    ...{ engine, deck, store, events, connections, clock: time },
    lasting: { journal, decks: deckStore(at('decks')) },
    publicUrl: () => local,
  });
  engine.on('execution', (event) => {
    if (wire.isCut || event.kind !== 'root' || event.phase !== 'ended') return;
    const { trigger, event: id } = event.metadata ?? {};
    // Flows of a connector that the host runs for itself have no trigger.
    if (trigger === undefined) return;
    const { flow, status, outputs, error } = event;
    options.onEnded({
      runId: event.runId,
      flow,
      trigger,
      status,
      outputs,
      error,
      ...(id === undefined ? {} : { event: id }),
    });
  });
  const server = await listen(createHandler(host, { adminToken: ADMIN_TOKEN, http: wire, secret: 'of the case' }), {
    port: options.port,
  });
  local = server.url;
  await host.start();
  const isBusy = () => host.runs().some(({ runId, status }) => status === null && !journal.isAtRest(runId));
  return lifeOf(host, server, wire, clock, async () => {
    do await turn();
    while (isBusy());
  });
}

/** Lets what has just ended be noted by everybody. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1));
}

function lifeOf(
  host: Host,
  server: HttpServer,
  wire: Wire,
  clock: ManualClock | null,
  rest: () => Promise<void>,
): HostLife {
  let unplugged: Promise<void> | null = null;
  let ending: Promise<void> | null = null;
  const unplug = () => {
    unplugged ??= server.close();
    return unplugged;
  };
  const stop = () => {
    ending ??= Promise.all([unplug(), host.stop()]).then(() => wire.close());
    return ending;
  };
  return {
    url: server.url,
    clock,
    hasNoted: (runId) => host.findRun(String(runId))?.status !== null,
    parked: () => host.parked.list().map((event) => ({ ...event })),
    rest,
    stop,
    cutOff: () => wire.cut(),
    unplug,
    async discard() {
      const ended = stop();
      // What still waits for time to pass is given up.
      await Promise.race([ended, clock?.advance(DISCARD_MS)]);
      await ended;
    },
  };
}

/** More than a host that is stopped waits for. */
const DISCARD_MS = 60_000;

/** A way into the web that can be cut. */
class Wire implements HttpPort {
  readonly #port: (HttpPort & { close?(): Promise<void> }) | null;
  isCut = false;

  constructor(port: (HttpPort & { close?(): Promise<void> }) | null) {
    this.#port = port;
  }

  cut(): void {
    this.isCut = true;
  }

  request(request: Parameters<HttpPort['request']>[0]): ReturnType<HttpPort['request']> {
    if (this.#port === null || this.isCut) throw new HttpError('http-missing', 'The host is gone.');
    return this.#port.request(request);
  }

  async close(): Promise<void> {
    await this.#port?.close?.();
  }
}

function packOf(connector: Readonly<Record<string, unknown>>): Pack {
  const { key, version } = connector['connector'] as { readonly key: string; readonly version: string }; // checked when the engine loads it
  return definePack({ name: key, namespace: key, version, connectors: [connector] });
}

/** Flows of a host are helpers unless they say otherwise. */
function withTypes(document: unknown): unknown {
  const { flows, ...rest } = document as { readonly flows: readonly object[] }; // as the runner makes it
  return { ...rest, flows: flows.map((flow) => ({ type: 'helper', ...flow })) };
}
