/** Contents of files, apart from the values that flow between cards: a value only refers to them. */
import type { FileRef } from '../values/index.js';

/** What a store knows of a file beside its content. */
export interface FileInfo {
  /** The value by which flows refer to it. */
  readonly ref: FileRef;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly created: number;
  /** Milliseconds since 1970-01-01T00:00:00Z; `created` until it is written again. */
  readonly updated: number;
}

/** Contents of files. The in-memory default forgets them with the engine. */
export interface FileStore {
  /**
   * Keeps a file. It can be read when the promise has resolved, whole or not at all; if `content` throws, nothing is
   * kept and the promise rejects with its error. Rejects with `LimitError` (`limit`) when it is larger than allowed.
   */
  put(
    file: { readonly name: string; readonly mediaType?: string },
    content: AsyncIterable<Uint8Array> | Iterable<Uint8Array> | Uint8Array,
  ): Promise<FileRef>;
  /** In parts of any size. Null when there is no such file. */
  read(id: string): Promise<AsyncIterable<Uint8Array> | null>;
  /** Null when there is no such file. */
  info(id: string): Promise<FileInfo | null>;
  /** False when there is no such file. */
  remove(id: string): Promise<boolean>;
}
