/** Connections of files, and those of a store behind them. */
import type { Renewal } from '@flowdeck/connect';
import type { Clock, Connection } from '@flowdeck/engine';
import type { ConnectorDocument } from '@flowdeck/engine/kit';
import type { Arguments } from '../arguments.js';
import type { ConnectionsMaker } from '../engine/engine.js';
import type { Io } from '../system/io.js';
import { quickClock } from '../system/ports.js';
import { openStore } from './store.js';

/** With `--store`, a name that no file was given for is looked up there. `own`: a connector that is run itself, and that no pack brings. */
export async function withStore(
  given: ReadonlyMap<string, Connection>,
  args: Arguments,
  io: Io,
  clock: Clock = quickClock(),
  own: ConnectorDocument | null = null,
): Promise<ReadonlyMap<string, Connection> | ConnectionsMaker> {
  if (!args.has('store')) return given;
  const store = await openStore(args, io);
  const { liveConnections, manifestIn } = await import('@flowdeck/connect');
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
