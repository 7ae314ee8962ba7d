/** `flowdeck connection revoke NAME` and `delete NAME`: takes a grant back at the service, and tells what it said. */
import type { StoredConnection } from '@flowdeck/connect';
import type { DiskConnections, RevokedGrant, RevokeOutcome } from '@flowdeck/host';
import type { Arguments } from '../arguments.js';
import { UsageError } from '../errors.js';
import { EXIT } from '../exit.js';
import { paletteFor } from '../output/colour.js';
import { plain, prettyJson } from '../output/text.js';
import type { Io } from '../system/io.js';
import { advise, connectorDeck } from './ping.js';
import { type Session, storedConnection, withSession } from './session.js';

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
      : await withSession(connection.connector, store, args, io, (session) => revoke(connection, session, io)).catch(
          (error: unknown) => {
            throw askedInVain(error, name);
          },
        );
  await store.exclusive(name, async () => void (await store.remove(name)));
  if (revoked !== null && revoked.outcome !== 'unsupported') tellRevoked(name, revoked, { deleted: true }, args, io);
  else if (args.has('json'))
    io.stdout.write(`${prettyJson({ ok: true, name, deleted: true, outcome: revoked?.outcome ?? null })}\n`);
  if (!args.has('json')) io.stdout.write(`Deleted ${plain(name)}\n`);
  return EXIT.ok;
}

/** Without its connector nobody can ask the service, but the connection can be forgotten. */
function askedInVain(error: unknown, name: string): unknown {
  if (!(error instanceof UsageError) || error.code !== 'unknown-connector') return error;
  const hint = `${error.hint ?? ''} To forget it without asking the service: flowdeck connection delete ${name} --keep-grant`;
  return new UsageError(error.code, error.message, { hint: hint.trim(), cause: error });
}

async function revoke(connection: StoredConnection, { engine, http }: Session, io: Io): Promise<RevokedGrant> {
  const { revokeGrant } = await import('@flowdeck/host');
  const { name, connector } = connection;
  connectorDeck(engine, connector);
  return revokeGrant({ engine, connector, name, signal: io.signal, advise }, connection, http);
}

function tellRevoked(
  name: string,
  { outcome, reason }: RevokedGrant,
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
