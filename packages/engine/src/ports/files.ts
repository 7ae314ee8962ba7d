import type { FileRef } from '../values/index.js';

/** Contents of files. The in-memory default forgets them with the engine. */
export interface FileStore {
  put(file: { name: string; mediaType?: string }, content: AsyncIterable<Uint8Array> | Uint8Array): Promise<FileRef>;
  /** Null when there is no such file. */
  read(id: string): Promise<AsyncIterable<Uint8Array> | null>;
  /** Null when there is no such file. */
  info(id: string): Promise<{ ref: FileRef; created: number; updated: number } | null>;
}
