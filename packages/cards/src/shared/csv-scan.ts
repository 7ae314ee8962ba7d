/** Takes the text of CSV apart (RFC 4180), piece by piece: what a piece leaves open goes on in the next one. */
import { RunError } from '@flowdeck/engine';
import type { CardsCode } from '../codes.js';

export interface CsvRecord {
  /** The line on which the record ends, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

const QUOTE = '"';

/**
 * A line ends with CR, LF or both. A cell that begins with a quotation mark ends with one, holds line breaks and
 * delimiters as they are, and marks doubled. A mark anywhere else is a fault, because what follows could not be told.
 * Empty lines are no records.
 */
export class CsvScanner {
  readonly #delimiter: string;
  /** Text that cannot be told yet: a mark, a CR or half of a delimiter at the end of a piece. */
  #rest = '';
  #cells: string[] = [];
  /** What has been read of the cell under way. */
  #cell = '';
  /** Whether the cell under way is plain, inside quotation marks, or has been closed by one. */
  #state: 'plain' | 'quoted' | 'closed' = 'plain';
  #line: number;

  /** `line` is the number of the line that comes first. */
  constructor(delimiter: string, line = 1) {
    this.#delimiter = delimiter;
    this.#line = line;
  }

  /** @throws RunError `csv-parse` */
  read(text: string): readonly CsvRecord[] {
    return this.#scan(this.#rest + text, 'more');
  }

  /**
   * The record at the end of the file, if it does not end with a line break.
   *
   * @throws RunError `csv-parse`
   */
  end(): readonly CsvRecord[] {
    const records = this.#scan(this.#rest, 'end');
    if (this.#state === 'quoted') throw malformedCsv('a quotation mark is not closed', this.#line);
    return this.#isEmpty() ? records : [...records, this.#record()];
  }

  #scan(text: string, then: 'more' | 'end'): CsvRecord[] {
    const records: CsvRecord[] = [];
    // Two units tell a doubled mark, CR LF and a delimiter outside of the basic plane.
    const last = then === 'end' ? text.length : text.length - 1;
    let at = 0;
    while (at < last) {
      if (this.#state === 'quoted') at = this.#quoted(text, at, last);
      else at = this.#plain(text, at, last, records);
    }
    this.#rest = text.slice(at);
    return records;
  }

  /** Inside quotation marks: on to the one that closes. Gives the place from which to go on. */
  #quoted(text: string, from: number, last: number): number {
    const found = text.indexOf(QUOTE, from);
    const end = found < 0 || found > last ? last : found;
    this.#take(text.slice(from, end), text[end]);
    if (end === last) return end;
    if (text[end + 1] === QUOTE) {
      this.#cell += QUOTE;
      return end + 2;
    }
    this.#state = 'closed';
    return end + 1;
  }

  /** Outside of quotation marks: up to the next character that means something, and over it. */
  #plain(text: string, from: number, last: number, records: CsvRecord[]): number {
    let at = from;
    while (at < last && !this.#means(text, at)) at++;
    if (at > from) {
      if (this.#state === 'closed') throw malformedCsv('text follows a closing quotation mark', this.#line);
      this.#cell += text.slice(from, at);
    }
    if (at >= last) return at;
    const character = text[at];
    if (character === QUOTE) return this.#open(at);
    if (character === '\r' || character === '\n') {
      if (!this.#isEmpty()) records.push(this.#record());
      this.#line++;
      return at + (character === '\r' && text[at + 1] === '\n' ? 2 : 1);
    }
    this.#close();
    return at + this.#delimiter.length;
  }

  #means(text: string, at: number): boolean {
    const character = text[at];
    if (character === QUOTE || character === '\r' || character === '\n') return true;
    return text.startsWith(this.#delimiter, at);
  }

  #open(at: number): number {
    if (this.#state === 'closed') throw malformedCsv('text follows a closing quotation mark', this.#line);
    if (this.#cell !== '') {
      throw malformedCsv('a quotation mark stands inside a cell that does not begin with one', this.#line);
    }
    this.#state = 'quoted';
    return at + 1;
  }

  /** Text inside quotation marks, whose lines count. Of a CR LF that is cut in two, the second half counts. */
  #take(text: string, next: string | undefined): void {
    this.#cell += text;
    const ends = text.match(/\r\n?|\n/g)?.length ?? 0;
    this.#line += text.endsWith('\r') && next === '\n' ? ends - 1 : ends;
  }

  #close(): void {
    this.#cells.push(this.#cell);
    this.#cell = '';
    this.#state = 'plain';
  }

  #isEmpty(): boolean {
    return this.#cells.length === 0 && this.#cell === '' && this.#state === 'plain';
  }

  #record(): CsvRecord {
    this.#close();
    const cells = this.#cells;
    this.#cells = [];
    return { line: this.#line, cells };
  }
}

/** Without what stands in the file: it may be secret. */
function malformedCsv(why: string, line: number): RunError {
  return new RunError<CardsCode>('csv-parse', `The file is not well-formed CSV: ${why}, at line ${line}.`, {
    hint: 'Put quotation marks around the whole cell, and double those inside it.',
    extra: { line },
  });
}
