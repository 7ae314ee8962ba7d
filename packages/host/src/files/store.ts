/** Files in a directory: content and record each in a file of their own, which appear whole or not at all. */
import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { type Clock, type FileRef, type FileStore, FlowdeckError } from '@flowdeck/engine';
import type { Disk } from '../log/disk.js';
import type { StoreErrors } from '../log/errors.js';
import type { Lock } from '../log/lock.js';
import { damaged, isAbsent, tooLarge, writeAll, writeDurably } from './disk.js';
import { type FileRecord, formatRecord, isFileId, parseRecord, RECORD_FORMAT, refOf } from './record.js';
import type { DiskFiles } from './types.js';

export interface FileStoreParts {
  readonly dir: string;
  readonly maxFileBytes: number;
  readonly clock: Clock;
  readonly disk: Disk;
  readonly lock: Lock;
  readonly errors: StoreErrors;
}

/** What a name ends with while its file is being written. */
export const UNFINISHED = '.part';
export const CONTENT = '.bin';
export const RECORD = '.json';

type Content = Parameters<FileStore['put']>[1];

export class DiskFileStore implements DiskFiles {
  readonly #parts: FileStoreParts;
  readonly #underWay = new Set<Promise<unknown>>();
  #closed: Promise<void> | null = null;

  constructor(parts: FileStoreParts) {
    this.#parts = parts;
  }

  async put(file: { readonly name: string; readonly mediaType?: string }, content: Content): Promise<FileRef> {
    this.#check();
    const work = this.#keep(file, content);
    const done = work.catch(() => {}).finally(() => this.#underWay.delete(done));
    this.#underWay.add(done);
    return work;
  }

  async read(id: string): Promise<AsyncIterable<Uint8Array> | null> {
    this.#check();
    const record = await this.#record(id);
    return record && this.#content(id, record);
  }

  async info(id: string): ReturnType<FileStore['info']> {
    this.#check();
    const record = await this.#record(id);
    return record && { ref: refOf(id, record), created: record.created, updated: record.created };
  }

  async remove(id: string): Promise<boolean> {
    this.#check();
    if (!isFileId(id)) return false;
    const { dir, disk } = this.#parts;
    return this.#attempt(async () => {
      // The record goes first: content without one is cleaned up when the directory is opened next.
      const known = await fs.rm(this.#path(id, RECORD)).then(
        () => true,
        (error: unknown) => (isAbsent(error) ? false : Promise.reject(error)),
      );
      if (!known) return false;
      await disk.syncDirectory(dir);
      await fs.rm(this.#path(id, CONTENT), { force: true });
      return true;
    });
  }

  close(): Promise<void> {
    this.#closed ??= Promise.all(this.#underWay).then(() => this.#parts.lock.release());
    return this.#closed;
  }

  async #keep(file: { readonly name: string; readonly mediaType?: string }, content: Content): Promise<FileRef> {
    const { dir, disk, clock } = this.#parts;
    const id = `file-${randomBytes(12).toString('hex')}`;
    const part = this.#path(id, CONTENT + UNFINISHED);
    try {
      const { size, crc } = await this.#write(part, content instanceof Uint8Array ? [content] : content);
      const record: FileRecord = {
        format: RECORD_FORMAT,
        name: file.name,
        mediaType: file.mediaType ?? null,
        size,
        crc,
        created: clock.now(),
      };
      await this.#attempt(async () => {
        if (!this.#parts.lock.held()) throw this.#parts.errors.ownershipLost();
        await fs.rename(part, this.#path(id, CONTENT));
        const recordPart = this.#path(id, RECORD + UNFINISHED);
        await writeDurably(recordPart, formatRecord(record));
        await fs.rename(recordPart, this.#path(id, RECORD));
        await disk.syncDirectory(dir);
      });
      return refOf(id, record);
    } catch (error) {
      for (const end of [CONTENT + UNFINISHED, RECORD + UNFINISHED, RECORD, CONTENT]) {
        await fs.rm(this.#path(id, end), { force: true }).catch(() => {});
      }
      throw error;
    }
  }

  /** Errors of the content are its owner's and go on as they are; those of the disk are ours. */
  async #write(path: string, content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) {
    const { maxFileBytes } = this.#parts;
    const handle = await this.#attempt(() => fs.open(path, 'wx', 0o600));
    let size = 0;
    let crc = 0;
    try {
      for await (const part of content) {
        size += part.length;
        if (size > maxFileBytes) throw tooLarge(maxFileBytes);
        crc = crc32(part, crc);
        await this.#attempt(() => writeAll(handle, part));
      }
      await this.#attempt(() => handle.datasync());
    } finally {
      await handle.close();
    }
    return { size, crc };
  }

  async #record(id: string): Promise<FileRecord | null> {
    if (!isFileId(id)) return null;
    const text = await this.#attempt(() =>
      fs.readFile(this.#path(id, RECORD), 'utf8').catch((error: unknown) => {
        if (isAbsent(error)) return null;
        throw error;
      }),
    );
    if (text === null) return null;
    const record = parseRecord(text);
    if (record === null) throw damaged(this.#path(id, RECORD));
    if ('unknown' in record) throw this.#parts.errors.formatUnknown(this.#path(id, RECORD), record.unknown);
    return record;
  }

  /** Opened by the first reading: content that nobody reads must not hold a descriptor. */
  async *#content(id: string, { size, crc }: FileRecord): AsyncGenerator<Uint8Array> {
    const path = this.#path(id, CONTENT);
    const handle = await this.#attempt(() =>
      fs.open(path, 'r').catch((error: unknown) => {
        throw isAbsent(error) ? damaged(path) : error;
      }),
    );
    let read = 0;
    let sum = 0;
    try {
      for (;;) {
        const piece = new Uint8Array(64 * 1024);
        const { bytesRead } = await this.#attempt(() => handle.read(piece, 0, piece.length, read));
        if (bytesRead === 0) break;
        const part = piece.subarray(0, bytesRead);
        read += bytesRead;
        sum = crc32(part, sum);
        yield part;
      }
      if (read !== size || sum !== crc) throw damaged(path);
    } finally {
      await handle.close();
    }
  }

  async #attempt<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw error instanceof FlowdeckError ? error : this.#parts.errors.diskFailed(error);
    }
  }

  #path(id: string, end: string): string {
    return join(this.#parts.dir, id + end);
  }

  #check(): void {
    if (this.#closed !== null) throw this.#parts.errors.closed();
  }
}
