/** Reads CSV (RFC 4180) as it comes, record by record, within bounds on the memory that one record may take. */
import { RunError } from '@flowdeck/engine';
import type { CardsCode } from '../codes.js';
import { type CsvRecord, CsvScanner } from './csv-scan.js';
import { checkDelimiter } from './csv-write.js';

/** Bytes of one record. 64 cells of 16,000 characters of four bytes each fit into it. */
const MAX_RECORD_BYTES = 4 * 1024 * 1024;
/** Cells of one record. */
const MAX_CELLS = 1_024;
/** Bytes that are looked at in one go: between two pieces the bound is looked after. */
const PIECE = 64 * 1024;

export const CSV_ERRORS = {
  'csv-parse': 'The file is not well-formed CSV.',
  'csv-too-wide': 'A line has more than 1,024 cells or 4 MiB, maybe because a quotation mark is not closed.',
  'csv-delimiter': 'The delimiter is not a single character that can separate cells.',
} as const;

/**
 * Reads UTF-8 text, with or without a byte order mark. Empty lines are skipped; records may have any number of cells.
 *
 * @throws RunError `csv-delimiter` at once; `csv-parse` and `csv-too-wide` while it is read; and what `content` throws.
 */
export async function* readCsv(
  content: AsyncIterable<Uint8Array>,
  delimiter: string,
): AsyncGenerator<CsvRecord, undefined> {
  const scanner = new CsvScanner(checkDelimiter(delimiter));
  // It drops the byte order mark.
  const decoder = new TextDecoder();
  let pending = 0;
  for await (const part of content) {
    for (let at = 0; at < part.length; at += PIECE) {
      const piece = part.subarray(at, at + PIECE);
      const records = scanner.read(decoder.decode(piece, { stream: true }));
      pending = records.length > 0 ? piece.length : pending + piece.length;
      for (const record of records) yield checked(record);
      if (pending > MAX_RECORD_BYTES) throw tooWide(null);
    }
  }
  for (const record of [...scanner.read(decoder.decode()), ...scanner.end()]) yield checked(record);
  return undefined;
}

function checked(record: CsvRecord): CsvRecord {
  if (record.cells.length > MAX_CELLS) throw tooWide(record.line);
  return record;
}

function tooWide(line: number | null): RunError {
  const where = line === null ? 'A line of the file' : `Line ${line}`;
  return new RunError<CardsCode>(
    'csv-too-wide',
    `${where} has more than ${MAX_CELLS} cells or ${MAX_RECORD_BYTES} bytes.`,
    {
      hint: 'See whether the delimiter is right, and every quotation mark is closed.',
      extra: { line },
    },
  );
}
