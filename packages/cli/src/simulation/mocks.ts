/** Reads the file of `--mock`. */
import { type Diagnostic, DocumentError } from '@flowdeck/engine';
import { isPlainObject, type JsonText } from '@flowdeck/engine/kit';
import type { Mock } from '@flowdeck/testing';
import { FaultyDeck, type FileDiagnostic, UsageError } from '../errors.js';
import { readJsonFile } from '../project/file.js';
import type { Io } from '../system/io.js';

export interface MocksRead {
  readonly mocks: readonly Mock[];
  /** Places what is to be said of the mocks in their file. */
  place(found: readonly Diagnostic[]): readonly FileDiagnostic[];
}

export const NO_MOCKS: MocksRead = { mocks: [], place: () => [] };

/** @throws UsageError `mock-file` when it is not JSON, and what reading throws; FaultyDeck `mock-invalid`, `duplicate-member`. */
export async function readMocks(path: string, io: Io): Promise<MocksRead> {
  const { readMocks: checkMocks } = await import('@flowdeck/testing');
  const json = await readJsonFile(path, io);
  if (json.value === undefined) {
    const [why] = json.diagnostics;
    throw new UsageError('mock-file', `The mock file ${JSON.stringify(path)} is not JSON: ${why?.message ?? ''}`, {
      at: { file: path },
      hint: 'Write {"mocks": [...]}, or let --record write one.',
    });
  }
  const { duplicates } = json;
  if (duplicates.length > 0) throw new FaultyDeck(duplicates.map((each) => ({ ...each, file: path })));
  const place = (found: readonly Diagnostic[]) =>
    json.place(found.map((each) => asWritten(each, json))).map((each) => ({ ...each, file: path }));
  try {
    return { mocks: checkMocks(json.data), place };
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    throw new FaultyDeck(json.place(error.diagnostics).map((each) => ({ ...each, file: path })));
  }
}

/** In the former form of the file, a mock is a fixture, whose members have other names. */
function asWritten(diagnostic: Diagnostic, { value }: JsonText): Diagnostic {
  if (!isPlainObject(value) || value['mocks'] !== undefined) return diagnostic;
  const [, , index = '0'] = diagnostic.pointer.split('/');
  return { ...diagnostic, pointer: `/fixtures/${index}` };
}
