/** Connections of files, and those of a store behind them. */
import type { Renewal } from '@flowdeck/connect';
import type { Clock, Connection } from '@flowdeck/engine';
import { type ConnectorDocument, isDeck } from '@flowdeck/engine/kit';
import type { Arguments } from '../arguments.js';
import type { ConnectionsMaker } from '../engine/engine.js';
import type { Project } from '../project/project.js';
import type { Io } from '../system/io.js';
import { quickClock } from '../system/ports.js';
import { openStore } from './store.js';

export interface StoreUse {
  /** Default: one that ends with the command. */
  readonly clock?: Clock;
  /** What is run: where it is a connector itself, which no pack brings, its tokens are renewed by it. */
  readonly project?: Project;
}

/** With `--store`, a name that no file was given for is looked up there. */
export async function withStore(
  given: ReadonlyMap<string, Connection>,
  args: Arguments,
  io: Io,
  { clock = quickClock(), project }: StoreUse = {},
): Promise<ReadonlyMap<string, Connection> | ConnectionsMaker> {
  if (!args.has('store')) return given;
  const store = await openStore(args, io);
  const { liveConnections, manifestIn } = await import('@flowdeck/connect');
  const own = project === undefined ? null : connectorOf(project);
  return (http, engine) => {
    const manifest = (key: string) => (key === own?.key ? own : manifestIn(engine(), key));
    const live = liveConnections({ store, http, clock, manifest });
    return {
      perCall: true,
      store,
      onRenewal: (listener: (renewal: Renewal) => void) => live.onRenewal(listener),
      get: (name) => given.get(name) ?? live.get(name),
      exchange: (exchange) => (given.has(exchange.name) ? exchange.send(exchange.request) : live.exchange(exchange)),
    };
  };
}

function connectorOf({ whole, document }: Project): ConnectorDocument | null {
  const deck = whole?.document ?? document;
  return deck !== null && isDeck(deck) ? (deck.connector ?? null) : null;
}
