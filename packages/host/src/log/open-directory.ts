/** Takes a directory for a store: makes it, locks it, and lets go of it when the store cannot be opened. */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { FlowdeckError } from '@flowdeck/engine';
import type { Disk } from './disk.js';
import type { StoreErrors } from './errors.js';
import { type Lock, takeLock } from './lock.js';

/** @throws FlowdeckError `optionFaulty`, `locked` or `openFailed` of `errors`, and what `open` throws. */
export async function openDirectory<T>(
  dir: string,
  disk: Disk,
  errors: StoreErrors,
  open: (lock: Lock) => Promise<T>,
): Promise<T> {
  if (typeof dir !== 'string' || dir === '') throw errors.optionFaulty('dir', 'the path of a directory');
  let lock: Lock | null = null;
  try {
    const made = await mkdir(dir, { recursive: true, mode: 0o700 });
    if (made !== undefined) await disk.syncDirectory(dirname(made));
    lock = takeLock(dir, errors.locked);
    return await open(lock);
  } catch (error) {
    lock?.release();
    throw error instanceof FlowdeckError ? error : errors.openFailed(dir, error);
  }
}
