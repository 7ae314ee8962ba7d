/** Reads CSV (RFC 4180) as it comes, record by record, within bounds on the memory that one record may take. */
import { FlowdeckError, RunError } from '@flowdeck/engine';
import type { CardsCode } from '../codes.js';
import { checkDelimiter } from './csv-write.js';

/** Bytes of one record. 64 cells of 16,000 characters of four bytes each fit into it. */
const MAX_RECORD_BYTES = 4 * 1024 * 1024;
/** Cells of one record. */
const MAX_CELLS = 1_024;
/** Bytes that the parser gets at a time: between two pieces the bound is looked after. */
const PIECE = 64 * 1024;

export const CSV_ERRORS = {
  'csv-parse': 'The file is not well-formed CSV.',
  'csv-too-wide': 'A line has more than 1,024 cells or 4 MiB, maybe because a quotation mark is not closed.',
  'csv-delimiter': 'The delimiter is not a single character that can separate cells.',
} as const;

export interface CsvRecord {
  /** The line on which the record ends, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * Reads UTF-8 text, with or without a byte order mark. Empty lines are skipped; records may have any number of cells.
 * The parser is loaded with the first call.
 *
 * @throws RunError `csv-delimiter` at once; `csv-parse` and `csv-too-wide` while it is read; and what `content` throws.
 */
export async function* readCsv(
  content: AsyncIterable<Uint8Array>,
  delimiter: string,
): AsyncGenerator<CsvRecord, undefined> {
  const separator = checkDelimiter(delimiter);
  const [{ parse }, { pipeline, Readable }] = await Promise.all([import('csv-parse'), import('node:stream')]);
  const parser = parse({
    delimiter: separator,
    bom: true,
    info: true,
    // Named, or the first line would decide for the whole file.
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
  });
  // The loop below hears of whatever goes wrong on either side.
  pipeline(Readable.from(bounded(content, () => parser.info.records)), parser, () => {});
  try {
    for await (const { record, info } of parser as AsyncIterable<ParsedRecord>) {
      if (record.length > MAX_CELLS) throw tooWide(info.lines);
      yield { line: info.lines, cells: record };
    }
  } catch (error) {
    throw error instanceof FlowdeckError || !isParserError(error) ? error : malformed(error);
  }
  return undefined;
}

/** What the parser gives with the options above. */
interface ParsedRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** Hands `content` on in small pieces, as long as records come out at the other end. */
async function* bounded(content: AsyncIterable<Uint8Array>, records: () => number): AsyncGenerator<Uint8Array> {
  let known = 0;
  let pending = 0;
  for await (const part of content) {
    for (let at = 0; at < part.length; at += PIECE) {
      const done = records();
      if (done > known) pending = 0;
      known = done;
      const piece = part.subarray(at, at + PIECE);
      pending += piece.length;
      if (pending > MAX_RECORD_BYTES) throw tooWide(null);
      yield piece;
    }
  }
}

interface ParserError extends Error {
  readonly code: string;
  readonly lines?: number;
}

function isParserError(error: unknown): error is ParserError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.includes('QUOTE');
}

/** The parser's own message may show what stands in the file. */
function malformed(error: ParserError): RunError {
  const why = WHY[error.code] ?? 'a quotation mark stands where none can be';
  const line = error.lines ?? null;
  return new RunError<CardsCode>(
    'csv-parse',
    `The file is not well-formed CSV: ${why}${line === null ? '' : `, at line ${line}`}.`,
    {
      hint: 'Put quotation marks around the whole cell, and double those inside it.',
      extra: { line },
    },
  );
}

const WHY: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quotation mark is not closed',
  CSV_INVALID_CLOSING_QUOTE: 'text follows a closing quotation mark',
  INVALID_OPENING_QUOTE: 'a quotation mark stands inside a cell that does not begin with one',
};

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
