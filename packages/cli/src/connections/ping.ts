/** Asks the authping flow of a connector whether a connection works. */
import type { Connection, Connections, Deck, Engine, ErrorData, ErrorReport } from '@flowdeck/engine';
import type { AskedConnection } from '@flowdeck/host';
import { UsageError } from '../errors.js';
import { commandHint } from '../output/hint.js';
import { didYouMean } from '../suggest.js';

/** The name that a connection has while it is tested. */
export const TESTED = 'tested';

export interface PingOptions {
  readonly signal: AbortSignal;
  readonly timeoutMs: number | undefined;
}

/** A port with one connection, under the name that it is tested by. */
export function onlyTested(connection: Connection): Connections {
  return { get: (name) => (name === TESTED ? connection : null) };
}

/**
 * Runs the authping flow with the connection of that name.
 *
 * @throws UsageError `unknown-connector`, `no-authping`.
 */
export async function ping(
  engine: Engine,
  connector: string,
  name: string,
  options: PingOptions,
): Promise<AskedConnection> {
  connectorDeck(engine, connector);
  const { askConnection } = await import('@flowdeck/host');
  const { signal, timeoutMs } = options;
  const asked = await askConnection({
    ...{ engine, connector, name, signal, advise },
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
  if (asked !== null) return asked;
  throw new UsageError(
    'no-authping',
    `The connector "${connector}" has no authping flow, so its connections cannot be tested.`,
    { hint: 'Run a flow that uses the connection.' },
  );
}

/** Hints in terms of this command. */
export function advise({ code, hint, extra }: ErrorReport | ErrorData): string | undefined {
  return commandHint(code, hint, extra);
}

/** @throws UsageError `unknown-connector` */
export function connectorDeck(engine: Engine, key: string): Deck {
  const keys = engine.connectors.map((connector) => connector.key);
  if (keys.includes(key)) return engine.connector(key);
  throw new UsageError('unknown-connector', `There is no connector ${JSON.stringify(key)}.`, {
    hint: didYouMean(key, keys) ?? 'Load the pack that brings it: --pack PKG',
  });
}
