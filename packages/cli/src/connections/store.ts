/** The store of connections that a command works with. */
import type { DiskConnections } from '@flowdeck/host';
import type { Arguments } from '../arguments.js';
import { UsageError } from '../errors.js';
import { readText } from '../system/files.js';
import type { Io } from '../system/io.js';
import { resolve } from '../system/node.js';

/** The store when nobody says otherwise, below the current directory. */
const DEFAULT_STORE = '.flowdeck';
/** Where in it connections are kept. */
const CONNECTIONS = 'connections';
/** The variable that holds the key of the store. */
export const KEY_VARIABLE = 'FLOWDECK_KEY';

/**
 * Opens the store of `--store`, with the key of `--key-file` or of the environment. A key is never made silently.
 *
 * @throws UsageError `connection-key-missing`; FlowdeckError `connection-key`, `connection-store`.
 */
export async function openStore(args: Arguments, io: Io): Promise<DiskConnections> {
  const [key, formerKeys] = [await keyOf(args, io), await formerKeysOf(args, io)];
  const { openConnections } = await import('@flowdeck/host');
  return openConnections({ dir: resolve(io.cwd, args.value('store') ?? DEFAULT_STORE, CONNECTIONS), key, formerKeys });
}

/** Keys that the store had before. */
export function formerKeysOf(args: Arguments, io: Io): Promise<readonly string[]> {
  return Promise.all(args.values('former-key-file').map(async (file) => (await readText(file, io)).trim()));
}

/** Whether a key is given. */
export function hasKey(args: Arguments, io: Io): boolean {
  return args.has('key-file') || (io.env[KEY_VARIABLE] ?? '') !== '';
}

/** @throws UsageError `connection-key-missing`. */
export async function keyOf(args: Arguments, io: Io): Promise<string> {
  const file = args.value('key-file');
  if (file !== undefined) return (await readText(file, io)).trim();
  const key = io.env[KEY_VARIABLE];
  if (key !== undefined && key !== '') return key;
  throw new UsageError('connection-key-missing', 'There is no key to the store of connections.', {
    hint: `Make one with "flowdeck connection key -o FILE", keep a copy, and give it as --key-file FILE or in ${KEY_VARIABLE}.`,
  });
}
