/** `flowdeck connection revoke NAME` and `delete NAME`: takes a grant back at the service, and tells what it said. */
import type { StoredConnection } from '@flowdeck/connect';
import { authMethodOf } from '@flowdeck/engine/kit';
import type { DiskConnections } from '@flowdeck/host';
import type { Arguments } from '../arguments.js';
import { EXIT } from '../exit.js';
import { paletteFor } from '../output/colour.js';
import { plain, prettyJson } from '../output/text.js';
import { judgeConnection } from '../run/connection-answer.js';
import type { Io } from '../system/io.js';
import { systemFlow } from './ping.js';
import { type Session, storedConnection, withSession } from './session.js';

/** `unsupported`: neither the connector nor the service has a way to take it back. */
type RevokeOutcome = 'revoked' | 'refused' | 'unclear' | 'unsupported';

interface Revoked {
  readonly outcome: RevokeOutcome;
  readonly reason: string | null;
}

const SAID: Readonly<Record<RevokeOutcome, string>> = {
  revoked: 'was taken back',
  refused: 'was not taken back: the service refuses',
  unclear: 'may or may not have been taken back',
  unsupported: 'cannot be taken back: the connector has no revoke flow, and no "revokeUrl"',
};

const EXIT_OF_OUTCOME: Readonly<Record<RevokeOutcome, number>> = {
  revoked: EXIT.ok,
  refused: EXIT.failed,
  unclear: EXIT.unclear,
  unsupported: EXIT.failed,
};

export async function revokeConnection(name: string, store: DiskConnections, args: Arguments, io: Io): Promise<number> {
  const connection = await storedConnection(name, store);
  const revoked = await withSession(connection.connector, store, args, io, (session) =>
    revoke(connection, session, io),
  );
  if (revoked.outcome === 'revoked') {
    const reason = 'It was revoked.';
    await store.exclusive(name, () =>
      store.write({ ...connection, state: 'needs-login', reason, changedAt: Date.now() }),
    );
  }
  tellRevoked(name, revoked, {}, args, io);
  return EXIT_OF_OUTCOME[revoked.outcome];
}

/** What the service says of its grant does not keep a connection from being deleted. */
export async function deleteConnection(name: string, store: DiskConnections, args: Arguments, io: Io): Promise<number> {
  const connection = await storedConnection(name, store);
  const revoked =
    args.has('keep-grant') || connection.state === 'needs-login'
      ? null
      : await withSession(connection.connector, store, args, io, (session) => revoke(connection, session, io));
  await store.exclusive(name, async () => void (await store.remove(name)));
  if (revoked !== null && revoked.outcome !== 'unsupported') tellRevoked(name, revoked, { deleted: true }, args, io);
  else if (args.has('json'))
    io.stdout.write(`${prettyJson({ ok: true, name, deleted: true, outcome: revoked?.outcome ?? null })}\n`);
  if (!args.has('json')) io.stdout.write(`Deleted ${plain(name)}\n`);
  return EXIT.ok;
}

async function revoke(connection: StoredConnection, session: Session, io: Io): Promise<Revoked> {
  const { deck, flow } = systemFlow(session.engine, connection.connector, 'revoke');
  if (flow !== null) {
    const result = await session.engine.run(deck, { flow, connection: connection.name, signal: io.signal });
    const { answer, reason } = judgeConnection(result, null);
    const outcome = answer === 'accepted' ? 'revoked' : answer;
    return { outcome, reason: reason?.message ?? null };
  }
  const method = authMethodOf(session.manifest(connection.connector), connection.method);
  const token = connection.auth['refresh_token'] ?? connection.auth['access_token'];
  if (method?.oauth?.revokeUrl === undefined || typeof token !== 'string')
    return { outcome: 'unsupported', reason: null };
  const { revokeToken } = await import('@flowdeck/connect');
  const values = { ...connection.config, ...connection.parameters, ...connection.auth };
  const { kind, reason } = await revokeToken(
    { method: { ...method, oauth: method.oauth }, values, http: session.http },
    token,
  );
  return { outcome: kind === 'done' ? 'revoked' : kind === 'refused' ? 'refused' : 'unclear', reason };
}

function tellRevoked(
  name: string,
  { outcome, reason }: Revoked,
  more: Readonly<Record<string, unknown>>,
  args: Arguments,
  io: Io,
): void {
  if (args.has('json')) {
    io.stdout.write(`${prettyJson({ ok: outcome === 'revoked', name, outcome, reason, ...more })}\n`);
    return;
  }
  const output = outcome === 'revoked' ? io.stdout : io.stderr;
  const { green, red } = paletteFor(output, io.env);
  const why = reason === null ? '' : ` (${plain(reason)})`;
  output.write(`${outcome === 'revoked' ? green('✓') : red('✗')} The grant of ${plain(name)} ${SAID[outcome]}${why}\n`);
}
