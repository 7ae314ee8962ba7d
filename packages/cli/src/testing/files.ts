/** Finds and reads files of tests. */
import { DocumentError } from '@flowdeck/engine';
import { isPlainObject, type JsonText } from '@flowdeck/engine/kit';
import type { Suite } from '@flowdeck/testing';
import { type FileDiagnostic, UsageError } from '../errors.js';
import { readJsonFile } from '../project/file.js';
import { isConnector, kindOf, list, TESTS } from '../system/files.js';
import type { Io } from '../system/io.js';
import { basename, dirname, join, resolve } from '../system/node.js';

/** A file of cases that can be run. */
export interface TestFile {
  readonly path: string;
  readonly suite: Suite;
  readonly json: JsonText;
  /** Line of each case, in the order of the file. */
  readonly lines: readonly number[];
}

export interface ReadTests {
  readonly files: readonly TestFile[];
  /** What is wrong with the others. */
  readonly faults: readonly FileDiagnostic[];
}

const EXTENSION = '.test.json';

/**
 * The files that are named, and all `*.test.json` below the directories that are.
 *
 * @throws UsageError `file-missing`, `file-unreadable`, `no-tests` when there are none.
 */
export function findTestFiles(paths: readonly string[], io: Io): readonly string[] {
  const found = paths.flatMap((path) => (kindOf(path, io) === 'file' ? [path] : below(path, io)));
  if (found.length > 0) return [...new Set(found)];
  throw new UsageError('no-tests', `There are no tests below ${paths.join(', ')}.`, {
    hint: 'Files of tests end in .test.json. "flowdeck test --init EXPORT" writes a first one.',
  });
}

function below(directory: string, io: Io): string[] {
  return list(directory, io).flatMap((entry) => {
    const path = directory === '.' ? entry.name : join(directory, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' || entry.name.startsWith('.') ? [] : below(path, io);
    return entry.name.endsWith(EXTENSION) ? [path] : [];
  });
}

/** One faulty file does not stop the others. @throws UsageError `file-missing`, `file-unreadable`. */
export async function readTestFiles(paths: readonly string[], io: Io): Promise<ReadTests> {
  const files: TestFile[] = [];
  const faults: FileDiagnostic[] = [];
  for (const path of paths) {
    const read = await readTestFile(path, io);
    if ('suite' in read) files.push(read);
    else faults.push(...read.faults);
  }
  return { files, faults };
}

async function readTestFile(path: string, io: Io): Promise<TestFile | Pick<ReadTests, 'faults'>> {
  const { readSuite } = await import('@flowdeck/testing');
  try {
    const json = await readJsonFile(path, io);
    const wrong = [...json.diagnostics, ...json.duplicates];
    if (wrong.length > 0) return { faults: wrong.map((each) => ({ ...each, file: path })) };
    try {
      const suite = readSuite(withSubject(json.data, path, io), path);
      const pointers = suite.cases.map((_, index) => `/cases/${index}`);
      const positions = json.positionsOf(pointers);
      return { path, suite, json, lines: pointers.map((pointer) => positions.get(pointer)?.line ?? 1) };
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error;
      return { faults: json.place(error.diagnostics).map((each) => ({ ...each, file: path })) };
    }
  } catch (error) {
    // What the file holds is no text: that is a fault of the file, and no reason to leave the others.
    if (!(error instanceof UsageError) || !['file-too-large', 'not-utf8'].includes(error.code)) throw error;
    const { code, message, hint = '' } = error;
    return { faults: [{ severity: 'error', code, message, pointer: '', hint, file: path }] };
  }
}

/** What lies in the tests of a connector is about the connector, unless it says otherwise. */
function withSubject(data: unknown, path: string, io: Io): unknown {
  const isOfConnector =
    basename(resolve(io.cwd, dirname(path))) === TESTS && isConnector(join(dirname(path), '..'), io);
  return isOfConnector && isPlainObject(data) ? { subject: '..', ...data } : data;
}
