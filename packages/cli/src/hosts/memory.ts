/** What survives a host: states of flows, events, tables, runs, and the secret by which their addresses are signed. */
import { randomBytes } from 'node:crypto';
import type { DiskTables, EventLog, FlowStore, Lasting } from '@flowdeck/host';
import type { Arguments } from '../arguments.js';
import { formerKeysOf, hasKey, keyOf } from '../connections/store.js';
import { writeSecret } from '../system/files.js';
import type { Io } from '../system/io.js';
import { readFileSync, resolve } from '../system/node.js';

export interface HostMemory {
  readonly flows: FlowStore;
  readonly events: EventLog;
  readonly tables: DiskTables;
  readonly lasting: Lasting;
  /** Signs the addresses at which paused runs go on. */
  readonly secret: string;
  close(): Promise<void>;
}

/**
 * Null without `--store`: all ends with the process. With a key, all but tables and decks is sealed.
 *
 * @throws FlowdeckError `flows-locked`, `runtime-key`, and what the stores say of their directories.
 */
export async function openMemory(
  args: Arguments,
  io: Io,
  onWarning: (warning: { readonly code: string; readonly message: string }) => void,
): Promise<HostMemory | null> {
  const dir = args.value('store');
  if (dir === undefined) return null;
  const { deckStore, diskTables, eventLog, fileJournal, flowStore, runSeal } = await import('@flowdeck/host');
  const sealed = hasKey(args, io) ? { seal: runSeal(await keyOf(args, io), await formerKeysOf(args, io)) } : {};
  const at = (name: string) => resolve(io.cwd, dir, name);
  const open: (() => Promise<unknown>)[] = [];
  const close = async () => void (await Promise.allSettled(open.map((end) => end())));
  try {
    // The first of them tells whether another process has the store.
    const flows = await flowStore({ dir: at('flows'), onWarning, ...sealed });
    open.push(() => flows.close());
    const events = await eventLog({ dir: at('events'), onWarning, ...sealed });
    open.push(() => events.close());
    const tables = await diskTables({ dir: at('tables'), onWarning });
    open.push(() => tables.close());
    const journal = await fileJournal({ dir: at('runs'), onWarning, ...sealed });
    open.push(() => journal.shutdown());
    const secret = readSecret(at('secret'), io);
    return { flows, events, tables, lasting: { journal, decks: deckStore(at('decks')) }, secret, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Made with the store: addresses that were given out stay good. */
function readSecret(path: string, io: Io): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    const secret = randomBytes(32).toString('hex');
    writeSecret(path, `${secret}\n`, io);
    return secret;
  }
}
