/** One line of a segment: `checksum batch json`. */
import { crc32 } from 'node:zlib';
import type { RunSeal } from '@flowdeck/engine';
import { keyDiffers } from '@flowdeck/engine/kit';

/** What a line says. Values inside an entry are already encoded for JSON. */
export interface LogEntry {
  readonly k: string;
}

/** Where an entry stands. */
export interface Location {
  readonly segment: number;
  /** Bytes from the start of the segment. */
  readonly offset: number;
  readonly bytes: number;
}

/** The first line of every segment. */
export interface HeadEntry {
  readonly k: 'head';
  readonly format: number;
}

export interface ParsedLine {
  /** Offset of the first line that was written together with this one. */
  readonly batch: number;
  readonly json: string;
}

const CHECKSUM_DIGITS = 8;

/**
 * The line for an entry's JSON text. `batch` tells recovery which lines were one write: what the last write left
 * unfinished was never acknowledged, even if a later part of it reached the disk and an earlier one did not.
 */
export function formatLine(batch: number, json: string): Buffer {
  const body = `${batch} ${json}`;
  return Buffer.from(`${crc32(body).toString(16).padStart(CHECKSUM_DIGITS, '0')} ${body}\n`);
}

/** Null when the line (without its line feed) is not what was written. */
export function parseLine(line: Buffer): ParsedLine | null {
  const body = line.subarray(CHECKSUM_DIGITS + 1);
  const checksum = line.toString('latin1', 0, CHECKSUM_DIGITS + 1);
  if (checksum !== `${crc32(body).toString(16).padStart(CHECKSUM_DIGITS, '0')} `) return null;
  const text = body.toString('utf8');
  const space = text.indexOf(' ');
  const batch = Number(text.slice(0, space));
  return space > 0 && Number.isSafeInteger(batch) ? { batch, json: text.slice(space + 1) } : null;
}

/** What a sealed line says: the entry is within. */
interface SealedEntry extends LogEntry {
  readonly k: 'sealed';
  readonly text: string;
}

/** The JSON of a line: that of the entry, or of what seals it. */
export function closeEntry(json: string, seal: RunSeal | undefined): string {
  if (seal === undefined) return json;
  const sealed: SealedEntry = { k: 'sealed', text: seal.close(json) };
  return JSON.stringify(sealed);
}

/** Whether the JSON of a line is what would be written for its entry now: with another seal, or none, it is another. */
export function isClosedBy(entry: LogEntry, json: string, seal: RunSeal): boolean {
  return closeEntry(JSON.stringify(entry), seal) === json;
}

/**
 * The entry of a line whose checksum is right, or null if it is none of ours.
 *
 * @throws FlowdeckError `runtime-key` when another key sealed it.
 */
export function parseEntry<E extends LogEntry>(json: string, seal?: RunSeal): E | HeadEntry | null {
  let entry: unknown;
  try {
    entry = JSON.parse(json);
  } catch {
    return null;
  }
  if (typeof entry !== 'object' || entry === null || !('k' in entry)) return null;
  if (entry.k === 'sealed' && 'text' in entry) {
    const text = seal?.open(String(entry.text)) ?? null;
    if (text === null) throw keyDiffers(seal);
    return parseEntry(text);
  }
  // The checksum vouches for the rest: formatLine wrote this text, from an entry.
  return entry as E | HeadEntry;
}
