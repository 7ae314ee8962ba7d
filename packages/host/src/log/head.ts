/** The first line of a segment: which format the rest is written in. */
import type { LogErrors } from './errors.js';
import { formatLine, type HeadEntry, type LogEntry } from './line.js';
import type { SegmentLine } from './segment.js';

const FORMAT = 1;

export function headLine(): Buffer {
  return formatLine(0, JSON.stringify({ k: 'head', format: FORMAT } satisfies HeadEntry));
}

export function isHead(entry: LogEntry): entry is HeadEntry {
  return entry.k === 'head';
}

/** @throws FlowdeckError `formatUnknown` of its errors, unless the first line is of this format. */
export function checkFormat(file: string, first: SegmentLine<LogEntry> | undefined, errors: LogErrors): void {
  if (first === undefined) return;
  const format = isHead(first.entry) ? first.entry.format : null;
  if (format !== FORMAT) throw errors.formatUnknown(file, format);
}
