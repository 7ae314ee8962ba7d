/** Reads the file of `--mock`. */
import { DocumentError } from '@flowdeck/engine';
import type { Mock } from '@flowdeck/testing';
import { FaultyDeck, UsageError } from '../errors.js';
import { readJsonFile } from '../project/file.js';
import type { Io } from '../system/io.js';

/** @throws UsageError `mock-file` when it is not JSON, and what reading throws; FaultyDeck `mock-invalid`. */
export async function readMocks(path: string, io: Io): Promise<readonly Mock[]> {
  const { readMocks: checkMocks } = await import('@flowdeck/testing');
  const json = await readJsonFile(path, io);
  if (json.value === undefined) {
    const [why] = json.diagnostics;
    throw new UsageError('mock-file', `The mock file ${JSON.stringify(path)} is not JSON: ${why?.message ?? ''}`, {
      at: { file: path },
      hint: 'Write {"mocks": [...]}, or let --record write one.',
    });
  }
  try {
    return checkMocks(json.value);
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    throw new FaultyDeck(json.place(error.diagnostics).map((each) => ({ ...each, file: path })));
  }
}
