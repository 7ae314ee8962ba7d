/** Opens tables on disk: reads them back, and has every further change written down. */
import { systemClock } from '@flowdeck/engine';
import { TableBook, type TableChange } from '@flowdeck/engine/kit';
import { type Disk, nodeDisk } from '../log/disk.js';
import { reasonOf, type StoreErrors, storeErrors, tailMessage } from '../log/errors.js';
import type { Lock } from '../log/lock.js';
import { Log } from '../log/log.js';
import { openDirectory } from '../log/open-directory.js';
import { DEFAULT_SEGMENT_BYTES } from '../log/segment.js';
import { Compactor } from './compactor.js';
import { DiskTableStore } from './store.js';
import type { DiskTables, DiskTablesOptions } from './types.js';

/**
 * Opens the tables in a directory, or begins with none there. They live in memory, and in an append-only log: a change
 * is acknowledged when it would survive a power cut.
 *
 * @throws FlowdeckError `tables-locked` (another process owns it), `tables-corrupt` (a damaged file), `tables-format`
 * (written by another version), `tables-open` (no usable directory), `tables-option`, `table-limit`.
 *
 * While it is in use, beside the codes of `TableStore`: `tables-disk`, `tables-lost` and `tables-closed`.
 *
 * @example
 * const tables = await diskTables({ dir: './tables' });
 * const engine = createEngine({ packs: [standard], ports: { tables } });
 */
export function diskTables(options: DiskTablesOptions): Promise<DiskTables> {
  return openTables(options, nodeDisk);
}

/** `diskTables` on a given disk. */
export async function openTables(options: DiskTablesOptions, disk: Disk, slack?: number): Promise<DiskTables> {
  const errors = storeErrors('tables', 'The tables');
  const { maxSegmentBytes = DEFAULT_SEGMENT_BYTES } = options;
  if (!Number.isSafeInteger(maxSegmentBytes) || maxSegmentBytes < 1) {
    throw errors.optionFaulty('maxSegmentBytes', 'a positive whole number of bytes');
  }
  const book = new TableBook(options.limits);
  return openDirectory(options.dir, disk, errors, (lock) =>
    assembleTables({ options, maxSegmentBytes, disk, errors, book, lock, slack }),
  );
}

interface Parts {
  readonly options: DiskTablesOptions;
  readonly maxSegmentBytes: number;
  readonly disk: Disk;
  readonly errors: StoreErrors;
  readonly book: TableBook;
  readonly lock: Lock;
  readonly slack: number | undefined;
}

async function assembleTables(parts: Parts): Promise<DiskTables> {
  const { options, maxSegmentBytes, disk, errors, book, lock, slack } = parts;
  const { dir, clock = systemClock(), onWarning: warn = () => {} } = options;
  const compactor = new Compactor();
  let reading = true;
  const log = await Log.open<TableChange>({
    dir,
    name: 'tables',
    errors,
    maxSegmentBytes,
    disk,
    note: (change, { segment }) => {
      compactor.note(change, segment);
      // What is appended later has happened in memory before.
      if (reading) book.apply(change);
    },
    torn: (file, bytes, tail) => warn({ code: 'tables-torn', message: tailMessage(file, bytes, tail) }),
    held: () => lock.held(),
  });
  reading = false;
  const store = new DiskTableStore({ book, log, lock, clock, errors, compactor });
  compactor.begin({
    book,
    log,
    append: (change) => store.append(change),
    failed: (error) =>
      warn({ code: 'tables-cleaning', message: `Space could not be given back yet: ${reasonOf(error)}` }),
    ...(slack === undefined ? {} : { slack }),
  });
  return store;
}
