/** Reads a port from the command line. */
import type { CliCode } from '../codes.js';
import { UsageError } from '../errors.js';

/** @throws UsageError of the code that the command has for its options. */
export function readPort(text: string, code: CliCode): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new UsageError(code, `--port ${JSON.stringify(text)} is not a port.`, {
    hint: 'Write a number from 0 (any free one) to 65535: --port 4010',
  });
}
