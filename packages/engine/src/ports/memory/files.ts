/** Files kept in memory for as long as the engine lives. */
import { LimitError } from '../../errors.js';
import { FileRef } from '../../values/index.js';
import type { Clock } from '../clock.js';
import type { FileStore } from '../files.js';

/** What an in-memory file store bears. Both are positive; more is refused with a `LimitError`. */
export interface FileLimits {
  /** Bytes of one file. */
  readonly fileBytes: number;
  /** Bytes of all files. */
  readonly totalBytes: number;
}

/** What the in-memory store bears: 64 MiB a file, 256 MiB in all. */
export const DEFAULT_FILE_LIMITS: FileLimits = Object.freeze({
  fileBytes: 64 * 1024 * 1024,
  totalBytes: 256 * 1024 * 1024,
});

interface Kept {
  readonly ref: FileRef;
  readonly content: readonly Uint8Array[];
  readonly at: number;
}

/** A file store that forgets all with the engine. */
export function memoryFiles(clock: Clock, changes: Partial<FileLimits> = {}): FileStore {
  const limits = { ...DEFAULT_FILE_LIMITS, ...changes };
  const files = new Map<string, Kept>();
  let made = 0;
  let total = 0;

  async function collect(parts: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) {
    const content: Uint8Array[] = [];
    let size = 0;
    for await (const part of parts) {
      size += part.length;
      if (size > limits.fileBytes) throw tooLarge('fileBytes', limits);
      // Files that are written at the same time share the room.
      if (total + size > limits.totalBytes) throw tooLarge('totalBytes', limits);
      // Whoever gave it may use it again.
      content.push(part.slice());
    }
    if (total + size > limits.totalBytes) throw tooLarge('totalBytes', limits);
    return { content, size };
  }

  return {
    async put({ name, mediaType }, given) {
      const { content, size } = await collect(given instanceof Uint8Array ? [given] : given);
      total += size;
      const ref = new FileRef(`file-${++made}`, name, size, mediaType ?? null);
      files.set(ref.id, { ref, content, at: clock.now() });
      return ref;
    },
    async read(id) {
      const file = files.get(id);
      return file ? each(file.content) : null;
    },
    async info(id) {
      const file = files.get(id);
      return file ? { ref: file.ref, created: file.at, updated: file.at } : null;
    },
    async remove(id) {
      const file = files.get(id);
      total -= file?.ref.size ?? 0;
      return files.delete(id);
    },
  };
}

async function* each(content: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  // A reader that changes what it gets must not change the file.
  for (const part of content) yield part.slice();
}

function tooLarge(limit: keyof FileLimits, limits: FileLimits): LimitError {
  const what = limit === 'fileBytes' ? 'bytes in one file' : 'bytes in all files';
  return new LimitError(`file.${limit}`, `More than ${limits[limit]} ${what}.`, {
    hint: 'Large files need a store on disk, or a higher limit of the store.',
  });
}
