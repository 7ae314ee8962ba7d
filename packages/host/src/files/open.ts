/** Opens a file store on disk, and clears away what an interruption left half done. */

import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '@flowdeck/engine';
import { nodeDisk } from '../log/disk.js';
import { storeErrors } from '../log/errors.js';
import { openDirectory } from '../log/open-directory.js';
import { isFileId } from './record.js';
import { CONTENT, DiskFileStore, RECORD, UNFINISHED } from './store.js';
import type { DiskFiles, DiskFilesOptions } from './types.js';

const DEFAULT_FILE_BYTES = 2 * 1024 ** 3;

/**
 * Opens the files in a directory, or begins with none there. A file is acknowledged when it would survive a power cut,
 * and its content is checked whenever it is read.
 *
 * @throws FlowdeckError `files-locked` (another process owns it), `files-open` (no usable directory), `files-option`.
 *
 * While it is in use: `limit`, `files-disk`, `files-corrupt`, `files-format` (written by another version), `files-lost` and `files-closed`.
 *
 * @example
 * const files = await diskFiles({ dir: './files' });
 * const engine = createEngine({ packs: [standard], ports: { files } });
 */
export async function diskFiles(options: DiskFilesOptions): Promise<DiskFiles> {
  const errors = storeErrors('files', 'The files');
  const { dir, maxFileBytes = DEFAULT_FILE_BYTES, clock = systemClock() } = options;
  if (!Number.isSafeInteger(maxFileBytes) || maxFileBytes < 1) {
    throw errors.optionFaulty('maxFileBytes', 'a positive whole number of bytes');
  }
  return openDirectory(dir, nodeDisk, errors, async (lock) => {
    await clean(dir);
    return new DiskFileStore({ dir, maxFileBytes, clock, disk: nodeDisk, lock, errors });
  });
}

/** Removes what was never acknowledged, or removed already. Names that are not ours are left alone. */
async function clean(dir: string): Promise<void> {
  const names = new Set(await readdir(dir));
  for (const name of names) {
    const id = name.slice(0, name.indexOf('.'));
    if (!isFileId(id)) continue;
    const orphan = name === id + CONTENT && !names.has(id + RECORD);
    if (orphan || name.endsWith(UNFINISHED)) await rm(join(dir, name), { force: true });
  }
}
