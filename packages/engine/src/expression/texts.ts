/** JSONata's text functions whose own versions make a list of all characters, or more text than there is room for. */
import type { Budget } from './budget.js';
import { isFunction } from './data.js';
import { evaluationError, limitError } from './faults.js';

/** Parts that are written between two looks at the clock. */
const WRITTEN_PER_LOOK = 1_024;
/** Half of a character beyond U+FFFF. */
const SURROGATE = /[\ud800-\udfff]/;

/** Characters, as JSONata counts them: code points. */
export function lengthOfText(text: unknown): number | undefined {
  return typeof text === 'string' ? charactersOf(text) : undefined;
}

function charactersOf(text: string): number {
  if (!SURROGATE.test(text)) return text.length;
  let count = 0;
  for (const _character of text) count++;
  return count;
}

/** The characters from `start` on, from the end when it is negative: all of them, or so many. */
export function substring(text: unknown, start: unknown, length: unknown): string | undefined {
  if (typeof text !== 'string') return undefined;
  const count = charactersOf(text);
  const from = count + Number(start) < 0 ? 0 : Number(start);
  if (length === undefined) return sliceCharacters(text, count, from, count);
  if (Number(length) <= 0) return '';
  return sliceCharacters(text, count, from, from >= 0 ? from + Number(length) : count + from + Number(length));
}

/** As `slice` of a list of the characters would: whole numbers, negative ones from the end. */
function sliceCharacters(text: string, count: number, start: number, end: number): string {
  if (count === text.length) return text.slice(start, end);
  const place = (at: number) => {
    const whole = Math.trunc(at) || 0; // not a number counts as 0
    return whole < 0 ? Math.max(0, count + whole) : Math.min(whole, count);
  };
  const [first, last] = [place(start), place(end)];
  let unit = 0;
  let from = 0;
  let passed = 0;
  for (const character of text) {
    if (passed === first) from = unit;
    if (passed++ >= last) break;
    unit += character.length;
  }
  return first < last ? text.slice(from, unit) : '';
}

/** The text, filled up to a width: behind it, or before it when the width is negative. */
export function pad([text, width, filler]: readonly unknown[], budget: Budget): unknown {
  if (typeof text !== 'string') return undefined;
  const whole = Math.trunc(Number(width));
  const missing = Math.abs(whole) - charactersOf(text);
  if (!(missing > 0)) return text;
  const unit = typeof filler === 'string' && filler.length > 0 ? filler : ' ';
  const characters = charactersOf(unit);
  const times = Math.floor(missing / characters);
  if (times * unit.length > budget.limits.size) budget.stop(limitError('size', budget.limits.size));
  const padding = unit.repeat(times) + sliceCharacters(unit, characters, 0, missing % characters);
  return whole > 0 ? text + padding : padding + text;
}

/** A value as text: JSON, with 15 digits of a number and functions as empty texts. */
export function stringOf([value, pretty]: readonly unknown[], budget: Budget): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string') return value;
  if (isFunction(value)) return '';
  if (typeof value === 'number' && !Number.isFinite(value)) throw evaluationError('D3001');
  // JSONata wraps its input so.
  const isWrapped = Array.isArray(value) && (value as { readonly outerWrapper?: unknown }).outerWrapper === true;
  const shown: unknown = isWrapped ? value[0] : value;
  const indent = pretty === true ? 2 : 0;
  const writing = new Writing(budget);
  writing.measure(shown, indent, 0);
  return JSON.stringify(shown, (_key, part: unknown) => writing.write(part), indent);
}

/** Looks at the clock now and then, and refuses what would become too long before it is written. */
class Writing {
  readonly #budget: Budget;
  #parts = 0;
  #left: number;

  constructor(budget: Budget) {
    this.#budget = budget;
    this.#left = budget.limits.size + budget.copier.weight;
  }

  /** Counts from below what the value takes. */
  measure(value: unknown, indent: number, depth: number): void {
    this.#count();
    this.#left -= typeof value === 'string' ? value.length + 2 : 1;
    if (this.#left < 0) this.#budget.stop(limitError('size', this.#budget.limits.size));
    if (typeof value !== 'object' || value === null || isFunction(value)) return;
    for (const part of Array.isArray(value) ? value : Object.values(value)) {
      this.#left -= indent * (depth + 1);
      this.measure(part, indent, depth + 1);
    }
  }

  write(part: unknown): unknown {
    this.#count();
    if (typeof part === 'number') return writtenNumber(part);
    return isFunction(part) ? '' : part;
  }

  #count(): void {
    if (++this.#parts % WRITTEN_PER_LOOK === 0) this.#budget.look();
  }
}

function writtenNumber(number: number): number {
  if (Number.isInteger(number) || Number.isNaN(number)) return number;
  if (!Number.isFinite(number)) throw evaluationError('D1001');
  return Number(number.toPrecision(15));
}
