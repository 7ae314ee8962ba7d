/** In how many threads cases are run. */
import { UsageError } from '../errors.js';

/** A thread is ready after the time that so many cases take. */
const PAYS = 200;
const MOST = 64;

/** @param asked Null: as many as pay. */
export function threadsFor(asked: number | null, cases: number): number {
  const most = asked ?? Math.min(process.getBuiltinModule('node:os').availableParallelism(), Math.floor(cases / PAYS));
  return Math.max(1, Math.min(most, cases));
}

/** Null: nothing was asked for. @throws UsageError `test-option`. */
export function readThreads(written: string | undefined): number | null {
  if (written === undefined) return null;
  const threads = /^\d{1,3}$/.test(written) ? Number(written) : 0;
  if (threads >= 1 && threads <= MOST) return threads;
  throw new UsageError('test-option', `--workers ${JSON.stringify(written)} is no number from 1 to ${MOST}.`, {
    hint: 'Write --workers 4 for four threads, or leave it out.',
  });
}
