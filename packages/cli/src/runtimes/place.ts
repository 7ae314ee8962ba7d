/** The runtime that `--runtime` names. */
import { UsageError } from '../errors.js';
import { didYouMean } from '../suggest.js';
import type { Io } from '../system/io.js';
import { JOURNAL } from './journal.js';
import { POSTGRES } from './postgres.js';
import { RESTATE } from './restate.js';
import type { RuntimeKind, RuntimePlace } from './types.js';

const KINDS: readonly RuntimeKind[] = [JOURNAL, RESTATE, POSTGRES];

/** @throws UsageError `runtime-option`. */
export function runtimeAt(address: string, io: Io): RuntimePlace {
  const [scheme = ''] = address.split(':', 1);
  const kind = KINDS.find(({ schemes }) => schemes.includes(scheme));
  if (kind !== undefined && scheme !== address) return kind.at(address, io);
  // The rest of an address may hold a password.
  const known = KINDS.flatMap(({ schemes }) => schemes);
  throw new UsageError('runtime-option', `--runtime names no runtime that begins with ${JSON.stringify(scheme)}.`, {
    hint: didYouMean(scheme, known) ?? `Write it as ${KINDS.map(({ example }) => example).join(', ')}.`,
  });
}
