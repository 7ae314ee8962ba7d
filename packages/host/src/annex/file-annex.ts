/** Texts that runs remember and that are too long for their runtime: a directory for each run, a file for each text. */
import { createHash, randomBytes } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { FlowdeckError, type RunAnnex } from '@flowdeck/engine';
import type { HostCode } from '../codes.js';
import { isAbsent, writeDurably } from '../files/disk.js';
import { nodeDisk } from '../log/disk.js';
import { reasonOf } from '../log/errors.js';

/** Where it is. */
export interface FileAnnexOptions {
  /** Directory of the annex; created when the first text comes. All workers of a runtime may use one at the same time. */
  readonly dir: string;
}

/** Says in a run's directory which run it is. */
const RUN = 'run';
/** What a name ends with while its file is being written. */
const HALF_WRITTEN = '.part';
/** Names come from outside: a request may have been edited. */
const TEXT_ID = /^[0-9a-f]{64}$/;

/**
 * An annex in a directory: of this machine for a journal, shared by all workers for Restate and DBOS. It belongs to one
 * runtime: that one forgets what it finds of runs that it does not have under way.
 *
 * @example
 * const annex = fileAnnex({ dir: './annex' });
 * const worker = await listenForRestate({ engine, decks, admin, annex });
 */
export function fileAnnex({ dir }: FileAnnexOptions): RunAnnex {
  const roomOf = (runId: string) => join(dir, nameFor(runId));
  return {
    async put(runId, text) {
      const room = roomOf(runId);
      const id = nameFor(text);
      const path = join(room, id);
      try {
        if (await isThere(path)) return id;
        await fs.mkdir(room, { recursive: true, mode: 0o700 });
        await writeWhole(join(room, RUN), runId);
        await writeWhole(path, text);
        for (const directory of [room, dir]) await nodeDisk.syncDirectory(directory);
        return id;
      } catch (error) {
        throw annexFailed(dir, error);
      }
    },
    async read(runId, id) {
      if (!TEXT_ID.test(id)) return null;
      const text = await readText(join(roomOf(runId), id), dir);
      if (text !== null && nameFor(text) !== id) throw annexFailed(dir, new Error(`"${id}" is not what was written.`));
      return text;
    },
    async runs() {
      const found: string[] = [];
      for (const name of await roomsIn(dir)) {
        const runId = TEXT_ID.test(name) ? await readText(join(dir, name, RUN), dir) : null;
        if (runId !== null && nameFor(runId) === name) found.push(runId);
      }
      return found;
    },
    async remove(runId) {
      await fs.rm(roomOf(runId), { recursive: true, force: true });
    },
  };
}

function nameFor(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** It appears whole or not at all, whoever else writes the same. */
async function writeWhole(path: string, text: string): Promise<void> {
  if (await isThere(path)) return;
  const unfinished = `${path}.${randomBytes(6).toString('hex')}${HALF_WRITTEN}`;
  await writeDurably(unfinished, text);
  await fs.rename(unfinished, path);
}

async function isThere(path: string): Promise<boolean> {
  return (await readNothing(fs.stat(path))) !== null;
}

async function readText(path: string, dir: string): Promise<string | null> {
  try {
    return await readNothing(fs.readFile(path, 'utf8'));
  } catch (error) {
    throw annexFailed(dir, error);
  }
}

/** Null: there is no such file. */
async function readNothing<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

async function roomsIn(dir: string): Promise<readonly string[]> {
  return (await readNothing(fs.readdir(dir))) ?? [];
}

function annexFailed(dir: string, cause: unknown): FlowdeckError {
  return new FlowdeckError<HostCode>('annex-failed', `The annex cannot be used: ${reasonOf(cause)}`, {
    at: { file: dir },
    hint: 'Check that the directory is there for this process, that it may read and write it, and that the disk has room.',
    cause,
  });
}
