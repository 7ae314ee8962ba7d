/** A short turn with one name of a directory, among all processes. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { FlowdeckError } from '@flowdeck/engine';
import type { HostCode } from '../codes.js';
import { type Lock, takeLock } from '../log/lock.js';
import { reading } from './errors.js';

/** How often a lock that somebody holds is asked for again. */
const ASK_EVERY_MS = 15;
/** Longer than a request for a token may take: whoever holds a lock for longer hangs. */
const PATIENCE_MS = 120_000;

/** Somebody else has it; no more than a reason to wait. */
class Busy extends FlowdeckError<HostCode> {}

/**
 * Runs `work` while no other process does with the same name. A process that dies gives its turn up. Within one process
 * the caller takes turns itself.
 *
 * @throws FlowdeckError `connection-busy` when somebody holds it for two minutes.
 */
export async function exclusively<T>(
  dir: string,
  name: string,
  work: () => Promise<T>,
  patienceMs = PATIENCE_MS,
): Promise<T> {
  const place = join(dir, 'locks', name);
  await reading(dir, () => mkdir(place, { recursive: true, mode: 0o700 }));
  const lock = await patiently(place, name, patienceMs);
  try {
    return await work();
  } finally {
    lock.release();
  }
}

async function patiently(place: string, name: string, patienceMs: number): Promise<Lock> {
  for (let waited = 0; ; waited += ASK_EVERY_MS) {
    try {
      return takeLock(place, (file, pid) => busy(name, file, pid));
    } catch (error) {
      if (!(error instanceof Busy) || waited >= patienceMs) throw error;
    }
    await pause(ASK_EVERY_MS);
  }
}

function busy(name: string, file: string, pid: number): Busy {
  return new Busy('connection-busy', `Process ${pid} holds the connection ${JSON.stringify(name)}.`, {
    at: { file },
    hint: 'It should take seconds. If that process hangs, end it.',
  });
}
