/** What the actions of `flowdeck connection` share: an engine, the store, and the way to the service. */
import { liveConnections, manifestIn, type StoredConnection } from '@flowdeck/connect';
import type { Connections, Engine, HttpPort } from '@flowdeck/engine';
import { type ConnectorDocument, isDeck } from '@flowdeck/engine/kit';
import type { AskedConnection, DiskConnections } from '@flowdeck/host';
import type { Arguments } from '../arguments.js';
import { openEngine } from '../engine/engine.js';
import { UsageError } from '../errors.js';
import { readSeconds } from '../run/seconds.js';
import type { Io } from '../system/io.js';
import { quickClock } from '../system/ports.js';
import { connectorDeck, onlyTested, ping, TESTED } from './ping.js';

export interface Session {
  readonly engine: Engine;
  readonly http: HttpPort;
  /** The manifest of a connector. @throws UsageError `unknown-connector` */
  manifest(connector: string): ConnectorDocument;
  /** Asks about a connection that is not kept, or not yet so. */
  ping(connection: StoredConnection): Promise<AskedConnection>;
}

/** Runs an action with an engine that has the packs and hosts of the command, and the connections of the store. */
export async function withSession<T>(
  connector: string,
  store: DiskConnections,
  args: Arguments,
  io: Io,
  act: (session: Session) => Promise<T>,
): Promise<T> {
  const timeoutMs = readSeconds(args.value('timeout'));
  let tested: Connections | null = null;
  const opened = await openEngine(
    {
      packs: args.values('pack'),
      namespaces: new Set([connector]),
      allowHosts: args.values('allow-host'),
      // One that is tested before it is kept goes before those that are.
      connections: (http, engine) => {
        const manifestOf = (key: string) => manifestIn(engine(), key);
        const live = liveConnections({ store, http, clock: quickClock(), manifest: manifestOf });
        return {
          perCall: true,
          get: (name, origin) => (name === TESTED && tested !== null ? tested.get(name, origin) : live.get(name)),
          exchange: (exchange) =>
            exchange.name === TESTED && tested !== null ? exchange.send(exchange.request) : live.exchange(exchange),
        };
      },
    },
    io,
  );
  const { engine, http } = opened;
  const manifest = (key: string): ConnectorDocument => {
    const { document } = connectorDeck(engine, key);
    if (isDeck(document) && document.connector) return document.connector;
    throw new UsageError('unknown-connector', `There is no connector ${JSON.stringify(key)}.`);
  };
  try {
    return await act({
      engine,
      http,
      manifest,
      ping: async (connection) => {
        tested = onlyTested(connection);
        return ping(engine, connection.connector, TESTED, { signal: io.signal, timeoutMs });
      },
    });
  } finally {
    await opened.close();
  }
}

/** @throws UsageError `connection-unknown` */
export async function storedConnection(name: string, store: DiskConnections): Promise<StoredConnection> {
  const { isConnectionName } = await import('@flowdeck/connect');
  const found = isConnectionName(name) ? await store.read(name) : null;
  if (found !== null) return found;
  const names = await store.names();
  throw new UsageError('connection-unknown', `The store has no connection ${JSON.stringify(name)}.`, {
    hint: names.length === 0 ? 'It is empty: flowdeck connection create NAME FILE' : `It has ${names.join(', ')}.`,
  });
}
