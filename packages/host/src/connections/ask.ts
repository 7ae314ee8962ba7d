/** Asks the system flows of a connector about a connection: whether it works, and to take its grant back. */
import { manifestIn, revokeToken } from '@flowdeck/connect';
import type { Connection, Engine, ErrorData, HttpPort, RunResult } from '@flowdeck/engine';
import { authMethodOf } from '@flowdeck/engine/kit';
import { type AdviceOnError, type ConnectionVerdict, judgeConnection } from './verdict.js';

/** A connection that is asked about. */
export interface ConnectionInQuestion {
  /** Runs the flows of the connector. */
  readonly engine: Engine;
  /** Key of the connector, which the engine knows. */
  readonly connector: string;
  /** By which the engine finds the connection. */
  readonly name: string;
  /** Gives the question up. */
  readonly signal?: AbortSignal;
  /** Milliseconds for the answer. Default: the engine's limit of a run. */
  readonly timeoutMs?: number;
  /** Words the hints. Default: those of the errors. */
  readonly advise?: AdviceOnError;
}

/** What became of asking whether a connection works. */
export interface AskedConnection {
  /** What that says of the connection. */
  readonly verdict: ConnectionVerdict;
  /** Of the authping flow. */
  readonly result: RunResult;
}

/**
 * Runs the authping flow of the connector. Null: it has none.
 *
 * @example
 * const asked = await askConnection({ engine, connector: 'acme', name: 'work' });
 * asked?.verdict.answer; // accepted, refused, or unclear
 */
export async function askConnection(question: ConnectionInQuestion): Promise<AskedConnection | null> {
  const { engine, connector, advise } = question;
  const flow = manifestIn(engine, connector)?.flows.authping;
  if (flow === undefined) return null;
  const runId = crypto.randomUUID();
  let raised: ErrorData | null = null;
  const forget = engine.on('card', (event) => {
    if (event.runId === runId && event.phase === 'ended' && event.error !== null) raised = event.error;
  });
  try {
    const result = await runOfRole(question, flow, runId);
    return { result, verdict: judgeConnection(result, raised, advise) };
  } finally {
    forget();
  }
}

/** `unsupported`: neither the connector nor the service has a way to take it back. */
export type RevokeOutcome = 'revoked' | 'refused' | 'unclear' | 'unsupported';

/** What became of taking a grant back. */
export interface RevokedGrant {
  /** What the service made of it. */
  readonly outcome: RevokeOutcome;
  /** For people; null: there is nothing to say. */
  readonly reason: string | null;
}

/**
 * Takes the grant of a connection back: by the revoke flow of the connector, else at the server that gave its tokens.
 *
 * @param connection What the connection is now: its tokens.
 * @param http The way to that server. Null: there is none.
 */
export async function revokeGrant(
  question: ConnectionInQuestion,
  connection: Connection,
  http: HttpPort | null,
): Promise<RevokedGrant> {
  const { engine, connector, advise } = question;
  const manifest = manifestIn(engine, connector);
  const flow = manifest?.flows.revoke;
  if (flow !== undefined) {
    const result = await runOfRole(question, flow, crypto.randomUUID());
    const { answer, reason } = judgeConnection(result, null, advise);
    return { outcome: answer === 'accepted' ? 'revoked' : answer, reason: reason?.message ?? null };
  }
  const method = manifest === null ? undefined : authMethodOf(manifest, connection.method);
  const token = connection.auth['refresh_token'] ?? connection.auth['access_token'];
  if (method?.oauth?.revokeUrl === undefined || typeof token !== 'string' || http === null)
    return { outcome: 'unsupported', reason: null };
  const values = { ...connection.config, ...connection.parameters, ...connection.auth };
  const { kind, reason } = await revokeToken({ method: { ...method, oauth: method.oauth }, values, http }, token);
  return { outcome: kind === 'done' ? 'revoked' : kind === 'refused' ? 'refused' : 'unclear', reason };
}

function runOfRole(
  { engine, connector, name, signal, timeoutMs }: ConnectionInQuestion,
  flow: string,
  runId: string,
): Promise<RunResult> {
  return engine.run(engine.connector(connector), {
    flow,
    runId,
    connection: name,
    ...(signal === undefined ? {} : { signal }),
    ...(timeoutMs === undefined ? {} : { limits: { wallTimeMs: timeoutMs } }),
  });
}
