/** Reads the bytes of one segment and tells an interrupted write from damage. */
import type { RunSeal } from '@flowdeck/engine';
import { type HeadEntry, type LogEntry, parseEntry, parseLine } from './line.js';

/** Size of a segment where a host says nothing else. */
export const DEFAULT_SEGMENT_BYTES = 16 * 1024 * 1024;

export interface SegmentLine<E extends LogEntry> {
  readonly entry: E | HeadEntry;
  /** The entry's JSON text as it stands in the file. */
  readonly json: string;
  readonly offset: number;
  readonly bytes: number;
}

export interface SegmentScan<E extends LogEntry> {
  /** The intact lines up to the first that is not. */
  readonly lines: readonly SegmentLine<E>[];
  /** Bytes that these lines take: where the next append belongs. */
  readonly end: number;
  /**
   * `torn`: what follows `end` is the rest of the last write, which was never acknowledged.
   * `corrupt`: something acknowledged is damaged.
   */
  readonly fault: 'torn' | 'corrupt' | null;
  /**
   * Of a torn end: `cut`, when it stops in the middle of a line, as a process does that is killed; `damaged`, when a whole
   * line has a wrong checksum, which takes a power cut or somebody who changed the file.
   */
  readonly tail: Tail | null;
}

export type Tail = 'cut' | 'damaged';

const LINE_FEED = 0x0a;

/** @throws FlowdeckError `runtime-key`. */
export function scanSegment<E extends LogEntry>(bytes: Buffer, seal?: RunSeal): SegmentScan<E> {
  const lines: SegmentLine<E>[] = [];
  let offset = 0;
  let firstBad = -1;
  let tail: Tail = 'cut';
  let lastBatch = 0;
  while (offset < bytes.length) {
    const feed = bytes.indexOf(LINE_FEED, offset);
    const next = feed < 0 ? bytes.length : feed + 1;
    const parsed = feed < 0 ? null : parseLine(bytes.subarray(offset, feed));
    const entry = parsed === null ? null : parseEntry<E>(parsed.json, seal);
    if (parsed === null || entry === null) {
      if (firstBad < 0) firstBad = offset;
      if (feed >= 0) tail = 'damaged';
    } else {
      lastBatch = parsed.batch;
      if (firstBad < 0) lines.push({ entry, json: parsed.json, offset, bytes: next - offset });
    }
    offset = next;
  }
  if (firstBad < 0) return { lines, end: bytes.length, fault: null, tail: null };
  // Writes follow one another, each after the previous was durable: only the last one can be incomplete.
  const intactAfter = lastBatch > firstBad;
  return intactAfter
    ? { lines, end: firstBad, fault: 'corrupt', tail: null }
    : { lines, end: firstBad, fault: 'torn', tail };
}
