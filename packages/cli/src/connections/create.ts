/** `flowdeck connection create NAME FILE`: asks the service first, and keeps what it accepts. */
import type { StoredConnection } from '@flowdeck/connect';
import type { Value, ValueObject } from '@flowdeck/engine';
import { authMethodOf } from '@flowdeck/engine/kit';
import type { DiskConnections } from '@flowdeck/host';
import type { Arguments } from '../arguments.js';
import { UsageError } from '../errors.js';
import { readConnection } from '../run/connections.js';
import type { Io } from '../system/io.js';
import { getToken } from './login.js';
import { connectorDeck } from './ping.js';
import { type Session, withSession } from './session.js';
import { tellPing } from './told.js';

export async function createConnection(
  name: string,
  path: string,
  store: DiskConnections,
  args: Arguments,
  io: Io,
): Promise<number> {
  if ((await store.read(name)) !== null) {
    throw new UsageError('connection-exists', `The store has a connection "${name}" already.`, {
      hint: `Delete it first (flowdeck connection delete ${name}), or choose another name.`,
    });
  }
  const given = await readConnection(path, io);
  return withSession(given.connector, store, args, io, async (session) => {
    const now = Date.now();
    const manifest = session.manifest(given.connector);
    const method = authMethodOf(manifest, given.method);
    const fresh: StoredConnection = {
      name,
      ...given,
      config: await configOf(session, given.connector, given.parameters ?? {}),
      state: 'ready',
      reason: null,
      expiresAt: null,
      renewingSince: null,
      createdAt: now,
      changedAt: now,
    };
    const needsToken = method?.oauth !== undefined && fresh.auth['access_token'] === undefined;
    const connection = needsToken ? await getToken(fresh, session, args, io) : fresh;
    const asked = await session.ping(connection);
    const kept = asked.verdict.answer === 'accepted';
    if (kept) await store.write(connection);
    return tellPing(asked, { connector: connection.connector, path: name, more: { kept } }, args, io);
  });
}

/** What helper flows of the connector work out for it. They run before there is a connection, so without one. */
async function configOf({ engine, manifest }: Session, connector: string, inputs: ValueObject): Promise<ValueObject> {
  const deck = connectorDeck(engine, connector);
  const values: Record<string, Value> = {};
  for (const { key, flow } of manifest(connector).config ?? []) {
    if (flow === undefined) continue;
    const known = deck.flows.find(({ id }) => id === flow)?.inputs ?? [];
    const given = Object.fromEntries(
      Object.entries(inputs).filter(([name]) => known.some((field) => field.key === name)),
    );
    const { outputs, error } = await engine.run(deck, { flow, inputs: given });
    if (error !== null) {
      throw new UsageError('connection-config', `The config value "${key}" cannot be worked out: ${error.message}`, {
        ...(error.hint === undefined ? {} : { hint: error.hint }),
      });
    }
    values[key] = outputs?.['value'] ?? null;
  }
  return values;
}
