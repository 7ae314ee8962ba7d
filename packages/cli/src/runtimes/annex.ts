/** With an annex, workers take what is too long for their runtime to remember. */
import type { RunAnnex } from '@flowdeck/engine';
import type { Arguments } from '../arguments.js';
import { makeDirectory } from '../system/files.js';
import type { Io } from '../system/io.js';
import { resolve } from '../system/node.js';

/** As an adapter takes it: empty without `--annex`. @throws UsageError `file-unwritable`. */
export async function annexOf(args: Arguments, io: Io): Promise<{ readonly annex?: RunAnnex }> {
  const given = args.value('annex');
  if (given === undefined) return {};
  const dir = resolve(io.cwd, given);
  // It is made when the first text comes: a directory that cannot be used is told of now.
  makeDirectory(dir, io);
  const { fileAnnex } = await import('@flowdeck/host');
  return { annex: fileAnnex({ dir }) };
}
