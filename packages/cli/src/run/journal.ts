/** The file journal of a run, and the run in it that was not finished. */

import type { RunRecord } from '@flowdeck/engine';
import type { FileJournal } from '@flowdeck/host';
import { count, plain } from '../output/text.js';
import type { Io } from '../system/io.js';
import { resolve } from '../system/node.js';

export async function openJournal(dir: string, io: Io): Promise<FileJournal> {
  const { fileJournal } = await import('@flowdeck/host');
  return fileJournal({
    dir: resolve(io.cwd, dir),
    onWarning: ({ code, message }) => io.stderr.write(`warning: ${plain(message)} [${code}]\n`),
  });
}

/** The oldest unfinished run of this flow at this revision. Says on standard error what was found. */
export async function findUnfinished(
  journal: FileJournal,
  flow: string,
  revision: string,
  io: Io,
): Promise<RunRecord | null> {
  const unfinished = await journal.unfinished();
  const same = unfinished.filter((record) => record.flow === flow && record.revision === revision);
  const changed = unfinished.filter((record) => record.flow === flow && record.revision !== revision).length;
  if (changed > 0) {
    io.stderr.write(
      `journal: ${count(changed, 'unfinished run')} of another revision of "${plain(flow)}"; left alone\n`,
    );
  }
  const [first] = same;
  if (!first) return null;
  const more = same.length > 1 ? `; ${same.length - 1} more unfinished` : '';
  io.stderr.write(`journal: resuming run ${plain(first.runId)} of ${new Date(first.startedAt).toISOString()}${more}\n`);
  return first;
}
