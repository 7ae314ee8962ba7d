/** Files kept in memory for as long as the engine lives. */
import { FileRef } from '../../values/index.js';
import type { Clock } from '../clock.js';
import type { FileStore } from '../files.js';

interface Kept {
  readonly ref: FileRef;
  readonly content: Uint8Array;
  readonly at: number;
}

export function memoryFiles(clock: Clock): FileStore {
  const files = new Map<string, Kept>();
  return {
    async put({ name, mediaType }, content) {
      const bytes = content instanceof Uint8Array ? content.slice() : await collect(content);
      const ref = new FileRef(`file-${files.size + 1}`, name, bytes.length, mediaType ?? null);
      files.set(ref.id, { ref, content: bytes, at: clock.now() });
      return ref;
    },
    async read(id) {
      const file = files.get(id);
      return file ? once(file.content) : null;
    },
    async info(id) {
      const file = files.get(id);
      return file ? { ref: file.ref, created: file.at, updated: file.at } : null;
    },
  };
}

async function* once(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content;
}

async function collect(parts: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const part of parts) {
    chunks.push(part.slice());
    length += part.length;
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
