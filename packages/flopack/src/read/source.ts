/** What an export is read from: text, text that was read already, or the value that it stands for. */
import { JsonText } from '@flowdeck/engine/kit';
import type { Diagnostics } from '../diagnostics.js';
import { Spot } from '../json.js';

/** How an export file is read. */
export interface ReadOptions {
  /** Name of the file, for messages. */
  readonly file?: string;
  /** Largest size in UTF-16 units. Default 67,108,864. */
  readonly maxLength?: number;
}

const MAX_LENGTH = 64 * 1024 * 1024;

/** The text as it was read; null when the source is no text, or (`too-large`) too much of it. */
export function jsonOf(source: unknown, options: ReadOptions, found: Diagnostics): JsonText | null {
  if (source instanceof JsonText) return source;
  if (typeof source !== 'string') return null;
  const { file, maxLength = MAX_LENGTH } = options;
  if (source.length > maxLength) {
    const message = `${file ?? 'The file'} is longer than ${maxLength} characters.`;
    found.add('error', 'too-large', new Spot(), message, 'Raise maxLength.');
    return null;
  }
  // No UTF-16 unit takes more than three bytes.
  return new JsonText(source, { ...(file === undefined ? {} : { file }), maxBytes: maxLength * 3 });
}

/** Fewer digits always fit: 2^53 has 16. */
const MANY_DIGITS = /\d{16}/;
/** Deeper than anything that an export holds; what is below stays text without a word. */
const MOST_LEVELS = 1000;

/**
 * The value of the text. Whole numbers of more digits than a number keeps become the text of their digits, and are told;
 * the literal of a number field, which cannot be text, is told and stays the number that it was read as.
 */
export function exactValue(json: JsonText, found: Diagnostics): unknown {
  if (!MANY_DIGITS.test(json.text)) return json.value;
  const { value, data } = json;
  if (isContainer(value) && isContainer(data)) tell(value, data, new Spot(), false, found);
  return data;
}

/** `value`: with numbers; `data`: with digits. They differ in nothing else. */
function tell(value: object, data: object, spot: Spot, isNumbers: boolean, found: Diagnostics, depth = 0): void {
  const ofNumber = !Array.isArray(value) && Reflect.get(value, 'type') === 'number';
  for (const [key, read] of Object.entries(value)) {
    const kept: unknown = Reflect.get(data, key);
    const isLiteral = isNumbers || (ofNumber && key === 'data');
    if (isContainer(read) && isContainer(kept)) {
      if (depth < MOST_LEVELS) tell(read, kept, spot.at(key), isLiteral && Array.isArray(read), found, depth + 1);
    } else if (typeof read === 'number' && typeof kept === 'string') {
      if (isLiteral) Reflect.set(data, key, read);
      const outcome = isLiteral ? `The number ${read} is taken for it.` : 'It is read as the text of its digits.';
      const hint = 'Ids are text: put it into double quotes. Numbers are exact up to 9007199254740991.';
      found.add(
        'warning',
        'inexact-number',
        spot.at(key),
        `${kept} has more digits than a number keeps. ${outcome}`,
        hint,
      );
    }
  }
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
