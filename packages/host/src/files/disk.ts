/** What the file store does on the disk, and what it has against what it finds there. */
import * as fs from 'node:fs/promises';
import { LimitError, RunError } from '@flowdeck/engine';
import type { HostCode } from '../codes.js';

/** Writes all bytes at the end of what was written before. */
export async function writeAll(handle: fs.FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, at, bytes.length - at);
    if (bytesWritten === 0) throw new Error('The disk takes no more bytes.');
    at += bytesWritten;
  }
}

/** Makes a file that survives a power cut, once its directory is flushed. */
export async function writeDurably(path: string, text: string): Promise<void> {
  const handle = await fs.open(path, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

export function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

export function tooLarge(limit: number): LimitError {
  return new LimitError('file.fileBytes', `More than ${limit} bytes in one file.`, {
    hint: 'Raise maxFileBytes of the store, or handle the contents in parts.',
  });
}

export function damaged(file: string): RunError {
  return new RunError<HostCode>('files-corrupt', 'A stored file is not what was written.', {
    at: { file },
    hint: 'Its storage was changed or damaged. Restore the directory from a copy, or make the file anew.',
  });
}
