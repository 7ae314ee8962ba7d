/** What the owner of a host may ask of its connections: whether they work, to take their grants back, and what they let a field be. */
import { type ConnectionStore, lookUpField } from '@flowdeck/connect';
import type { Connection, HttpPort } from '@flowdeck/engine';
import { toData } from '@flowdeck/engine/kit';
import { askConnection, type ConnectionInQuestion, revokeGrant } from '../connections/ask.js';
import { json } from './api/answer.js';
import type { Host } from './host.js';
import { SYSTEM_FLOW_MS } from './system-flows.js';

export async function testConnection(host: Host, name: string): Promise<Response> {
  return withConnection(host, name, async (question) => {
    const asked = await askConnection(question);
    if (asked !== null) return json(200, asked.verdict, null);
    const message = `The connector "${question.connector}" has no authping flow, so its connections cannot be tested.`;
    return json(409, { code: 'no-authping', message }, null);
  });
}

export async function revokeConnection(host: Host, name: string, http: HttpPort | null): Promise<Response> {
  return withConnection(host, name, async (question, connection) => {
    const revoked = await revokeGrant(question, connection, http);
    const { store } = host.listening.connections ?? {};
    if (revoked.outcome === 'revoked' && store !== undefined) await markRevoked(store, name, host.clock.now());
    return json(200, revoked, null);
  });
}

/** What an editor asks with a connection. */
export interface EditorQuestion {
  readonly action: string;
  readonly field: string;
  readonly chosen: Readonly<Record<string, unknown>>;
  readonly search: string;
}

export async function fieldOptions(host: Host, name: string, question: EditorQuestion): Promise<Response> {
  return withConnection(host, name, async ({ engine, connector, timeoutMs = SYSTEM_FLOW_MS }) => {
    const deck = engine.connector(connector);
    const answer = await lookUpField({ ...question, engine, deck, connection: name, timeoutMs });
    if (answer.kind !== 'failed') return json(200, toData({ ...answer }), null);
    const { code, message, statusCode, service, hint } = answer.error;
    return json(502, toData({ code, message, statusCode, service, hint }), null);
  });
}

async function withConnection(
  host: Host,
  name: string,
  work: (question: ConnectionInQuestion, connection: Connection) => Promise<Response>,
): Promise<Response> {
  const { engine } = host;
  const connection = await host.listening.connections?.get(name, { runId: 'admin', flow: 'admin', metadata: {} });
  if (connection === null || connection === undefined)
    return json(404, { message: `There is no connection ${JSON.stringify(name)}.` }, null);
  return work({ engine, connector: connection.connector, name, timeoutMs: SYSTEM_FLOW_MS }, connection);
}

/** Its tokens are dead: only its owner can give others. */
async function markRevoked(store: ConnectionStore, name: string, now: number): Promise<void> {
  await store.exclusive(name, async () => {
    const stored = await store.read(name);
    if (stored === null) return;
    await store.write({ ...stored, state: 'needs-login', reason: 'It was revoked.', changedAt: now });
  });
}
