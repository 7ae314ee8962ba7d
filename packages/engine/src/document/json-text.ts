/** JSON text that was read once: its value, and where in the text everything stands. */
import type { Diagnostic } from '../diagnostic.js';
import { keepDigits, lineReader, type Position } from '../values/index.js';
import { Diagnostics } from './diagnostics.js';
import { countMembers, reportDuplicates } from './duplicate-members.js';
import { reportSize } from './inspect.js';
import { diagnoseJson } from './json-diagnostic.js';
import { positionsOf } from './position.js';
import { utf8 } from './utf8.js';

/** How JSON text is read. */
export interface JsonTextOptions {
  /** Name of the file, for diagnostics. */
  readonly file?: string;
  /** Largest size, in bytes of UTF-8. Default 33,554,432 (32 MiB). */
  readonly maxBytes?: number;
}

export const DEFAULT_MAX_BYTES = 32 * 1024 * 1024;
/** Levels within which the reason is looked for. Text that is JSON may have any number. */
const MAX_LEVELS = 10_000;

/**
 * JSON text, read once, with the way from a JSON Pointer to its line and column.
 *
 * @example
 * const json = new JsonText(text, { file: 'mocks.json' });
 * if (json.value === undefined) throw new DocumentError(json.diagnostics);
 */
export class JsonText {
  /** As it was given. */
  readonly text: string;
  /** Name of the file, where it was given one. */
  readonly file: string | undefined;
  /** Undefined when the text is not JSON, or too large. */
  readonly value: unknown;
  /** Why there is no value, in one diagnostic: `json-syntax`, `document-too-deep`, `document-too-large`. */
  readonly diagnostics: readonly Diagnostic[];

  /** A byte order mark is passed over. It never throws. */
  constructor(text: string, { file, maxBytes = DEFAULT_MAX_BYTES }: JsonTextOptions = {}) {
    this.text = text;
    this.file = file;
    const found = new Diagnostics();
    this.value = isLonger(text, maxBytes) ? void reportSize(maxBytes, found) : parse(text, found);
    this.diagnostics = this.place(found.diagnostics(null));
  }

  /** The value as data, not as a document: whole numbers whose digits a double would change are text. Undefined as `value`. */
  get data(): unknown {
    return this.value === undefined ? undefined : JSON.parse(keepDigits(withoutMark(this.text)));
  }

  /** A `duplicate-member` for each name that stands twice in one object: the first of the two is not in the value. */
  get duplicates(): readonly Diagnostic[] {
    if (this.value === undefined) return [];
    const found = new Diagnostics();
    reportDuplicates(this.text, countMembers(this.value), found);
    return this.place(found.diagnostics(this.value));
  }

  /** Diagnostics with file, line and column. Those that have them keep them. */
  place(found: readonly Diagnostic[]): readonly Diagnostic[] {
    if (found.length === 0) return found;
    const { file } = this;
    const positions = this.positionsOf(found.map(({ pointer }) => pointer));
    return found.map((diagnostic) => ({
      ...(file === undefined ? {} : { file }),
      ...positions.get(diagnostic.pointer),
      ...diagnostic,
    }));
  }

  /** Line and column of each pointer, for all of them in one pass over the text. */
  positionsOf(pointers: readonly string[]): ReadonlyMap<string, Position> {
    return positionsOf(this.text, pointers);
  }
}

function isLonger(text: string, maxBytes: number): boolean {
  // A UTF-16 unit takes one to three bytes of UTF-8, so that most texts need not be counted.
  if (text.length > maxBytes) return true;
  return text.length * 3 > maxBytes && utf8(text).length > maxBytes;
}

function parse(source: string, diagnostics: Diagnostics): unknown {
  const text = withoutMark(source);
  try {
    return JSON.parse(text);
  } catch (error) {
    const found = diagnoseJson(text, MAX_LEVELS);
    diagnostics.add({
      code: found?.code ?? 'json-syntax',
      pointer: found?.pointer ?? '',
      // Without a diagnostic of ours the text is sound, and the platform's reader met a limit.
      message: `${found?.message ?? `The text cannot be read: ${String(error)}`}.`,
      hint: found?.hint ?? 'Make the document smaller.',
      // The pointer leads only to what is around the place.
      ...lineReader(text)(found?.offset ?? 0),
    });
    return undefined;
  }
}

function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
