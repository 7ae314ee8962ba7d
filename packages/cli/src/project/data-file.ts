/** Reads JSON that a user wrote as data: inputs, a connection. Nothing of it may be lost without a word. */
import type { Diagnostic } from '@flowdeck/engine';
import type { Io } from '../system/io.js';
import { readJsonFile } from './file.js';

/** `fault`: why it is not read: it is no JSON, or a name stands twice in one object. */
export type DataFile =
  | { readonly fault: Diagnostic }
  /** Whole numbers whose digits would change are text. */
  | { readonly fault: null; readonly data: unknown };

/** @throws UsageError `file-missing`, `file-unreadable`, `file-too-large`, `not-utf8`. */
export async function readDataFile(path: string, io: Io): Promise<DataFile> {
  const json = await readJsonFile(path, io);
  const fault = json.diagnostics[0] ?? json.duplicates[0];
  return fault === undefined ? { fault: null, data: json.data } : { fault };
}
