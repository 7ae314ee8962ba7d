/** Opens a file journal: takes the directory, reads what is there, puts the parts together. */
import { join } from 'node:path';
import { systemClock } from '@flowdeck/engine';
import { INTERPRETER, sealedAnnex } from '@flowdeck/engine/kit';
import { fileAnnex } from '../annex/file-annex.js';
import { type Disk, nodeDisk } from '../log/disk.js';
import { reasonOf, tailMessage } from '../log/errors.js';
import type { Location } from '../log/line.js';
import type { Lock } from '../log/lock.js';
import { Log } from '../log/log.js';
import { openDirectory } from '../log/open-directory.js';
import { DEFAULT_SEGMENT_BYTES } from '../log/segment.js';
import { Catalogue } from './catalogue.js';
import { Cleaner } from './cleaner.js';
import type { Entry } from './entry.js';
import { journalErrors, optionFaulty } from './errors.js';
import { emptyHistory, fold, type History } from './history.js';
import { Rooms } from './rooms.js';
import { JournalStore } from './store.js';
import type { FileJournal, FileJournalOptions } from './types.js';

/**
 * Opens the journal in a directory, or begins one there.
 *
 * @throws FlowdeckError `journal-locked` (another process owns it), `journal-corrupt` (a damaged file),
 * `journal-format` (written by a newer version), `runtime-key` (sealed with another key), `journal-open` (no usable directory), `journal-option`.
 *
 * @example
 * const journal = await fileJournal({ dir: './runs' });
 * const engine = createEngine({ runtime: journal });
 * const left = await journal.unfinished(); // what an earlier process did not finish
 */
export function fileJournal(options: FileJournalOptions): Promise<FileJournal> {
  return openJournal(options, nodeDisk);
}

/** `fileJournal` on a given disk. */
export async function openJournal(options: FileJournalOptions, disk: Disk): Promise<FileJournal> {
  const { dir, maxSegmentBytes = DEFAULT_SEGMENT_BYTES } = options;
  if (!Number.isSafeInteger(maxSegmentBytes) || maxSegmentBytes < 1) {
    throw optionFaulty('maxSegmentBytes', 'a positive whole number of bytes');
  }
  return openDirectory(dir, disk, journalErrors, (lock) => assembleJournal(options, maxSegmentBytes, disk, lock));
}

async function assembleJournal(
  options: FileJournalOptions,
  maxSegmentBytes: number,
  disk: Disk,
  lock: Lock,
): Promise<FileJournal> {
  const { dir, seal, interpreter = INTERPRETER, clock = systemClock(), onWarning: warn = () => {} } = options;
  const catalogue = new Catalogue();
  const found = new Findings(catalogue);
  const log = await Log.open<Entry>({
    dir,
    name: 'journal',
    errors: journalErrors,
    maxSegmentBytes,
    disk,
    note: (entry, location) => found.note(entry, location),
    torn: (file, bytes, tail) => warn({ code: 'journal-torn', message: tailMessage(file, bytes, tail) }),
    held: () => lock.held(),
    ...(seal === undefined ? {} : { seal }),
  });
  const { histories, lastSignal } = found.finish();
  const cleaner = new Cleaner({
    log,
    catalogue,
    maxSegmentBytes,
    failed: (error) =>
      warn({ code: 'journal-cleaning', message: `Space could not be given back yet: ${reasonOf(error)}` }),
  });
  if (log.isStale) await cleaner.renew();
  else await cleaner.sweep();
  const rooms = new Rooms(sealedAnnex(seal, options.annex ?? fileAnnex({ dir: join(dir, 'annex') })), warn);
  await rooms.clear((runId) => catalogue.state(runId) !== 'unfinished');
  return new JournalStore({ interpreter, clock, warn, lock, log, catalogue, cleaner, rooms, histories, lastSignal });
}

/** What reading the journal finds: the unfinished runs. Later entries concern the catalogue only. */
class Findings {
  readonly #catalogue: Catalogue;
  readonly #histories = new Map<string, History>();
  #lastSignal = 0;
  #reading = true;

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
  }

  note(entry: Entry, location: Location): void {
    this.#catalogue.note(entry, location);
    if (!this.#reading) return;
    if (entry.k === 'sent') this.#lastSignal = Math.max(this.#lastSignal, entry.n);
    if (this.#catalogue.state(entry.run) === 'ended') {
      this.#histories.delete(entry.run);
      return;
    }
    let history = this.#histories.get(entry.run);
    if (history === undefined) {
      history = emptyHistory();
      this.#histories.set(entry.run, history);
    }
    fold(history, entry);
  }

  finish(): { histories: Map<string, History>; lastSignal: number } {
    this.#reading = false;
    return { histories: this.#histories, lastSignal: this.#lastSignal };
  }
}
