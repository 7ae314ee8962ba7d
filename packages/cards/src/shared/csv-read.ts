/** Reads CSV (RFC 4180) as it comes, record by record, within bounds on the memory that one record may take. */
import { RunError } from '@flowdeck/engine';
import type { CardsCode } from '../codes.js';
import { type TextReader, textReader } from './charset.js';
import { type CsvRecord, CsvScanner } from './csv-scan.js';
import { checkDelimiter } from './csv-write.js';

/** Characters of one record. */
const MAX_RECORD = 4 * 1024 * 1024;
/** Cells of one record. */
const MAX_CELLS = 1_024;
/** Bytes that are looked at in one go: between two pieces the bound is looked after. */
const PIECE_BYTES = 64 * 1024;

export const CSV_ERRORS = {
  'csv-parse': 'The file is not well-formed CSV.',
  'csv-too-wide': 'A line has more than 1,024 cells or 4 Mi characters, maybe because a quotation mark is not closed.',
  'csv-charset': 'The file is not in the character set that it is read in, or that is not known.',
  'csv-delimiter': 'The delimiter is not a single character that can separate cells.',
} as const;

export interface CsvFormat {
  /** A first line such as `sep=;` goes before. */
  readonly delimiter: string;
  /** When the file has no byte order mark. Default: UTF-8. */
  readonly charset?: string;
}

/**
 * Reads CSV, with or without a byte order mark. Empty lines are skipped; records may have any number of cells.
 *
 * @throws RunError `csv-delimiter` at once; `csv-charset`, `csv-parse` and `csv-too-wide` while it is read; and what
 * `content` throws.
 */
export async function* readCsv(
  content: AsyncIterable<Uint8Array>,
  { delimiter, charset }: CsvFormat,
): AsyncGenerator<CsvRecord, undefined> {
  const usual = checkDelimiter(delimiter);
  let scanner: CsvScanner | null = null;
  let pending = 0;
  for await (const piece of withWholeHead(textOfContent(content, charset))) {
    let text = piece;
    if (scanner === null) ({ scanner, text } = begun(piece, usual));
    const records = scanner.read(text);
    pending = records.length > 0 ? text.length : pending + text.length;
    for (const record of records) yield checked(record);
    if (pending > MAX_RECORD) throw tooWide(null);
  }
  for (const record of scanner?.end() ?? []) yield checked(record);
  return undefined;
}

/** The same text, whose first piece holds all that the first line may say of the others; at least one piece. */
async function* withWholeHead(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let head: string | null = '';
  for await (const text of texts) {
    if (head === null) yield text;
    else {
      head += text;
      if (head.length < LONGEST_NAMING) continue;
      yield head;
      head = null;
    }
  }
  if (head !== null) yield head;
}

/** The line with which spreadsheets tell, and understand, how the others are separated. */
const NAMING = /^("?)sep=(\\t|[^"\r\n])\1(?:\r\n?|\n|$)/iu;
/** Characters of such a line. */
const LONGEST_NAMING = '"sep=\\t"\r\n'.length;

/** What reads the records of a text that begins with `head`, and what of it they are. */
function begun(head: string, usual: string): { readonly scanner: CsvScanner; readonly text: string } {
  const [line = '', , named] = NAMING.exec(head) ?? [];
  if (named === undefined) return { scanner: new CsvScanner(usual), text: head };
  return { scanner: new CsvScanner(checkDelimiter(named), 2), text: head.slice(line.length) };
}

/** A mark at the beginning has up to three bytes, which may come in parts of one. */
const MARK = 3;

async function* textOfContent(content: AsyncIterable<Uint8Array>, charset: string | undefined): AsyncGenerator<string> {
  let head: Uint8Array = new Uint8Array();
  let reader: TextReader | null = null;
  let line = 1;
  for await (const part of content) {
    const bytes: Uint8Array = reader === null ? joinedBytes(head, part) : part;
    if (reader === null && bytes.length < MARK) {
      head = bytes;
      continue;
    }
    reader ??= readerOf(bytes, charset);
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
      const piece = bytes.subarray(at, at + PIECE_BYTES);
      const text = decodedPiece(reader, piece, line);
      line += linesIn(text);
      yield text;
    }
  }
  if (reader === null) {
    reader = readerOf(head, charset);
    yield decodedPiece(reader, head, line);
  }
  try {
    yield reader.end();
  } catch {
    throw notOfCharset(line);
  }
}

function joinedBytes(head: Uint8Array, part: Uint8Array): Uint8Array {
  if (head.length === 0) return part;
  const both = new Uint8Array(head.length + part.length);
  both.set(head);
  both.set(part, head.length);
  return both;
}

function readerOf(first: Uint8Array, charset: string | undefined): TextReader {
  const reader = textReader(first, charset);
  if (reader !== null) return reader;
  throw new RunError<CardsCode>('csv-charset', 'The character set of the file is not known.', {
    at: { field: 'charset' },
    hint: 'Give a name such as utf-8, windows-1252, iso-8859-2 or utf-16le.',
  });
}

function decodedPiece(reader: TextReader, piece: Uint8Array, line: number): string {
  try {
    return reader.read(piece);
  } catch {
    // Read once more without complaint, for the line of the first fault.
    const [before = ''] = new TextDecoder().decode(piece).split('\ufffd', 1);
    throw notOfCharset(line + linesIn(before));
  }
}

function linesIn(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}

/** Letters that are lost cannot be brought back. */
function notOfCharset(line: number): RunError {
  return new RunError<CardsCode>('csv-charset', `Line ${line} of the file is not in its character set.`, {
    hint: 'Save the file as UTF-8, or name its character set, such as windows-1252, in "charset".',
    extra: { line },
  });
}

function checked(record: CsvRecord): CsvRecord {
  if (record.cells.length > MAX_CELLS) throw tooWide(record.line);
  return record;
}

function tooWide(line: number | null): RunError {
  const where = line === null ? 'A line of the file' : `Line ${line}`;
  return new RunError<CardsCode>(
    'csv-too-wide',
    `${where} has more than ${MAX_CELLS} cells or ${MAX_RECORD} characters.`,
    {
      hint: 'See whether the delimiter is right, and every quotation mark is closed.',
      extra: { line },
    },
  );
}
