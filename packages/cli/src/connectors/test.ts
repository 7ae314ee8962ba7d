/** `flowdeck connector test DIR`: holds a connector against the rules, and runs its tests as `flowdeck test` does. */
import type { Arguments } from '../arguments.js';
import { checkProject } from '../check/check.js';
import { FaultyDeck, UsageError } from '../errors.js';
import { paletteFor } from '../output/colour.js';
import { diagnosticText } from '../output/diagnostics.js';
import { readProject } from '../project/read.js';
import { isBundle } from '../system/files.js';
import type { Io } from '../system/io.js';
import { type Checked, testChecked } from '../testing/command.js';
import { directoryDeck } from './new.js';

/** @throws UsageError, and what `flowdeck test` throws. What is wrong with the connector is a fault of the report. */
export async function testConnector(path: string, args: Arguments, io: Io): Promise<number> {
  if (isBundle(path, io)) {
    throw new UsageError('no-tests', `${JSON.stringify(path)} is one file, and has no tests.`, {
      hint: 'Test the directory that it was made of.',
    });
  }
  return testChecked(() => checkConnector(path, args, io), args.with([path], {}), io);
}

async function checkConnector(path: string, args: Arguments, io: Io): Promise<Checked> {
  const project = await readProject(path, io);
  const { diagnostics } = await checkProject(project, { packs: args.values('pack'), lint: false }, io);
  const paths = project.files.map((file) => file.path);
  if (diagnostics.some(({ severity }) => severity === 'error')) return { faults: diagnostics, paths };
  try {
    directoryDeck(path, io);
  } catch (error) {
    if (!(error instanceof FaultyDeck)) throw error;
    return { faults: error.diagnostics, paths };
  }
  const palette = paletteFor(io.stderr, io.env);
  if (!args.has('json')) for (const each of diagnostics) io.stderr.write(diagnosticText(each, palette));
  return { faults: [], paths };
}
