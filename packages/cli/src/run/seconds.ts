/** Reads a duration from the command line. */
import { UsageError } from '../errors.js';

/** The longest time that is a time: a hundred years. */
const MOST_SECONDS = 3_155_760_000;

/** Milliseconds, or undefined when nothing was given. @throws UsageError `timeout-option` */
export function readSeconds(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (seconds > 0 && seconds <= MOST_SECONDS) return Math.ceil(seconds * 1000);
  throw new UsageError('timeout-option', `--timeout ${JSON.stringify(text)} is not a number of seconds.`, {
    hint: 'Write seconds above 0: --timeout 30, --timeout 0.5',
  });
}
