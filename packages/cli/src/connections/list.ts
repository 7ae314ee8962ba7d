/** `flowdeck connection list`: what the store has, without anything that is secret. */
import type { DiskConnections } from '@flowdeck/host';
import type { Arguments } from '../arguments.js';
import { EXIT } from '../exit.js';
import { paletteFor } from '../output/colour.js';
import { plain, prettyJson } from '../output/text.js';
import type { Io } from '../system/io.js';

interface Listed {
  readonly name: string;
  readonly connector: string | null;
  readonly method: string | null;
  /** `unreadable`: its file is damaged; the others are not touched by it. */
  readonly state: 'ready' | 'needs-login' | 'unreadable';
  readonly reason: string | null;
  readonly expiresAt: string | null;
}

export async function listConnections(store: DiskConnections, args: Arguments, io: Io): Promise<number> {
  const connections = await Promise.all((await store.names()).map((name) => listedAs(name, store)));
  if (args.has('json')) {
    io.stdout.write(`${prettyJson({ ok: true, connections })}\n`);
    return EXIT.ok;
  }
  const { dim, red } = paletteFor(io.stdout, io.env);
  const width = Math.max(0, ...connections.map(({ name }) => name.length));
  for (const { name, connector, method, state, reason } of connections) {
    const what = connector === null ? '' : `${plain(connector)}${method === null ? '' : dim(` (${plain(method)})`)}`;
    const how = state === 'ready' ? '' : red(`  ${state}${reason === null ? '' : `: ${plain(reason)}`}`);
    io.stdout.write(`${name.padEnd(width)}  ${what}${how}\n`);
  }
  if (connections.length === 0) io.stderr.write('The store has no connections: flowdeck connection create NAME FILE\n');
  return EXIT.ok;
}

async function listedAs(name: string, store: DiskConnections): Promise<Listed> {
  const none = { name, connector: null, method: null, expiresAt: null };
  try {
    const found = await store.read(name);
    if (found === null) return { ...none, state: 'unreadable', reason: 'It was removed meanwhile.' };
    const { connector, method = null, state, reason, expiresAt } = found;
    return {
      name,
      connector,
      method,
      state,
      reason,
      expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString(),
    };
  } catch (error) {
    return { ...none, state: 'unreadable', reason: error instanceof Error ? error.message : String(error) };
  }
}
