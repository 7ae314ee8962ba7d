/** What is known of a stored file: a small JSON file beside its content, written last. A file without it is none. */
import { crc32 } from 'node:zlib';
import { FileRef } from '@flowdeck/engine';

/** What is written, and all that is read. */
export const RECORD_FORMAT = 1;

export interface FileRecord {
  readonly format: typeof RECORD_FORMAT;
  readonly name: string;
  readonly mediaType: string | null;
  /** Bytes of the content, and their checksum (CRC-32). */
  readonly size: number;
  readonly crc: number;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly created: number;
}

/** Names in the directory are made of nothing else, so an id from a flow leads nowhere else. */
const ID = /^file-[0-9a-f]{24}$/;

export function isFileId(id: string): boolean {
  return ID.test(id);
}

/** The record with a checksum of its own. */
export function formatRecord(record: FileRecord): string {
  const json = JSON.stringify(record);
  return `${crc32(json).toString(16).padStart(8, '0')} ${json}\n`;
}

/** Null when it is not what was written; a record of another format as the number of that. */
export function parseRecord(text: string): FileRecord | { readonly unknown: unknown } | null {
  const json = text.slice(9, -1);
  if (text !== `${crc32(json).toString(16).padStart(8, '0')} ${json}\n`) return null;
  // The checksum vouches for the rest: formatRecord wrote this text.
  const record = JSON.parse(json) as FileRecord;
  return record.format === RECORD_FORMAT ? record : { unknown: record.format };
}

export function refOf(id: string, { name, size, mediaType }: FileRecord): FileRef {
  return new FileRef(id, name, size, mediaType);
}
