/** Small files that are replaced whole: after a crash there is the old one or the new one. */
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { nodeDisk } from '../log/disk.js';

const PRIVATE = 0o600;

export async function makeDirectory(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
}

/** Undefined when there is no such file. */
export async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (isMissing(error)) return undefined;
    // What is no JSON any more was damaged: whoever reads it says so.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Resolves when it will survive a power cut. */
export async function writeJson(path: string, value: unknown): Promise<void> {
  const fresh = `${path}.${process.pid}-${process.hrtime.bigint()}.new`;
  try {
    const handle = await open(fresh, 'wx', PRIVATE);
    try {
      await handle.writeFile(`${JSON.stringify(value)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(fresh, path);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
  await nodeDisk.syncDirectory(dirname(path));
}

/** False when there was none. */
export async function removeFile(path: string): Promise<boolean> {
  try {
    await rm(path);
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
  await nodeDisk.syncDirectory(dirname(path));
  return true;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
