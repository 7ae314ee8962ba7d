/** Reads the file of `--mock`. */
import { DocumentError } from '@flowdeck/engine';
import type { Fixture } from '@flowdeck/testing';
import { FaultyDeck, UsageError } from '../errors.js';
import { readText } from '../files.js';
import { placeFindings } from '../findings.js';
import type { Io } from '../io.js';

/** @throws UsageError `mock-file` when it is not JSON, and what reading throws; FaultyDeck `fixture-invalid`. */
export async function readMocks(path: string, io: Io): Promise<readonly Fixture[]> {
  const { readFixtures } = await import('@flowdeck/testing');
  const text = await readText(path, io);
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new UsageError('mock-file', `The mock file ${JSON.stringify(path)} is not JSON.`, {
      at: { file: path },
      hint: 'Write {"fixtures": [...]}, or let --record write one.',
      cause,
    });
  }
  try {
    return readFixtures(value);
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    throw new FaultyDeck(placeFindings(error.diagnostics, [{ path, text }], null));
  }
}
