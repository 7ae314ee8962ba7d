/** Asks the authping flow of a connector whether a connection works. */
import type { Connection, Connections, Deck, Engine, ErrorData, RunResult } from '@flowdeck/engine';
import { UsageError } from '../errors.js';
import { type ConnectionVerdict, judgeConnection } from '../run/connection-answer.js';
import { didYouMean } from '../suggest.js';

/** The name that a connection has while it is tested. */
export const TESTED = 'tested';

export interface PingOptions {
  readonly signal: AbortSignal;
  readonly timeoutMs: number | undefined;
}

export interface Ping {
  readonly verdict: ConnectionVerdict;
  readonly result: RunResult;
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
export async function ping(engine: Engine, connector: string, name: string, options: PingOptions): Promise<Ping> {
  const { deck, flow } = systemFlow(engine, connector, 'authping');
  if (flow === null) {
    throw new UsageError(
      'no-authping',
      `The connector "${connector}" has no authping flow, so its connections cannot be tested.`,
      { hint: 'Run a flow that uses the connection.' },
    );
  }
  let raised: ErrorData | null = null;
  const forget = engine.on('card', (event) => {
    if (event.phase === 'ended' && event.error !== null) raised = event.error;
  });
  try {
    const result = await engine.run(deck, {
      flow,
      connection: name,
      signal: options.signal,
      ...(options.timeoutMs === undefined ? {} : { limits: { wallTimeMs: options.timeoutMs } }),
    });
    return { result, verdict: judgeConnection(result, raised) };
  } finally {
    forget();
  }
}

/** The flow of a role, null where the connector has none. @throws UsageError `unknown-connector` */
export function systemFlow(
  engine: Engine,
  key: string,
  role: 'authping' | 'revoke',
): { readonly deck: Deck; readonly flow: string | null } {
  const deck = connectorDeck(engine, key);
  const manifest = 'flows' in deck.document ? deck.document.connector : undefined;
  return { deck, flow: manifest?.flows[role] ?? null };
}

/** @throws UsageError `unknown-connector` */
export function connectorDeck(engine: Engine, key: string): Deck {
  const keys = engine.connectors.map((connector) => connector.key);
  if (keys.includes(key)) return engine.connector(key);
  throw new UsageError('unknown-connector', `There is no connector ${JSON.stringify(key)}.`, {
    hint: didYouMean(key, keys) ?? 'Load the pack that brings it: --pack PKG',
  });
}
