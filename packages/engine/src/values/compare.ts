/** Comparison of two values by an operator, as all cards with conditions do it. */
import { RunError } from '../errors.js';
import { parseDate } from './date.js';
import { losesDigits, lostDigits } from './digits.js';
import { isEmpty } from './empty.js';
import { deepEqual } from './equal.js';
import { toJsonText } from './json.js';
import { isPlainObject } from './object.js';
import { OPERATORS, type Operator } from './operators.js';
import { FileRef, type Value } from './types.js';

/** Compares value a with value b. Undefined counts as null. */
export type Comparison = (a: Value | undefined, b: Value | undefined) => boolean;

/**
 * Compares two values. `==` ignores the type (`0 == "0"`), `===` does not. Texts are ordered by code unit, all else by
 * number, dates by instant; what has no orderValues is neither less nor greater. Null equals `""` and the text `null`.
 *
 * @throws RunError `unknown-operator`; ConversionError (`conversion`) when a value nests deeper than 1000 levels.
 * @example
 * compare(80, '>', 9); // true
 * compare('80', '>', '9'); // false: texts
 */
export function compare(a: Value | undefined, operator: string, b?: Value): boolean {
  return comparator(operator)(a, b);
}

/**
 * The function of an operator, for a card whose operator is known before it runs. The same function for the same
 * operator.
 *
 * @throws RunError `unknown-operator`, with the known ones as hint.
 */
export function comparator(operator: string): Comparison {
  // Widened, so that a text from a flow can be looked up; own properties only.
  const table: Readonly<Record<string, Comparison>> = COMPARISONS;
  const found = Object.hasOwn(table, operator) ? table[operator] : undefined;
  if (found) return found;
  throw new RunError('unknown-operator', `There is no operator '${String(operator).slice(0, 40)}'.`, {
    hint: `Known operators: ${OPERATORS.map((info) => info.operator).join(', ')}.`,
  });
}

const COMPARISONS: Readonly<Record<Operator, Comparison>> = {
  '==': (a, b) => looselyEqual(a ?? null, b ?? null),
  '!=': (a, b) => !looselyEqual(a ?? null, b ?? null),
  '>=': (a, b) => orderValues(a, b) >= 0,
  '<=': (a, b) => orderValues(a, b) <= 0,
  '>': (a, b) => orderValues(a, b) > 0,
  '<': (a, b) => orderValues(a, b) < 0,
  '%': isMultiple,
  in: (a, b) => containsValue(a ?? null, b ?? null),
  'not in': (a, b) => !containsValue(a ?? null, b ?? null),
  has: (a, b) => hasKey(a, b),
  "doesn't have": (a, b) => !hasKey(a, b),
  'is empty': (a) => isEmpty(a),
  'is not empty': (a) => !isEmpty(a),
  '===': (a, b) => deepEqual(a ?? null, b ?? null),
  '!==': (a, b) => !deepEqual(a ?? null, b ?? null),
};

function looselyEqual(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (typeof a === typeof b && typeof a !== 'object') return false;
  if (a === null) return b === '' || b === 'null';
  if (b === null) return a === '' || a === 'null';
  if (typeof a === 'string') return equalsText(b, a);
  if (typeof b === 'string') return equalsText(a, b);
  if (typeof a === 'object' && typeof b === 'object' && !(a instanceof Date && b instanceof Date))
    return deepEqual(a, b);
  // A date equals its milliseconds, but no boolean.
  if (typeof a === 'boolean' || typeof b === 'boolean')
    return typeof a !== 'object' && typeof b !== 'object' && Number(a) === Number(b);
  return numberOf(a, false) === numberOf(b, false);
}

/** `value` is neither null nor text. */
function equalsText(value: Value, text: string): boolean {
  switch (typeof value) {
    case 'number':
    case 'boolean':
      return typeof value === 'number' ? equalsDigits(value, text) : text.toLowerCase() === String(value);
    default:
      if (value instanceof Date) return parseDate(text)?.getTime() === value.getTime();
      if (value instanceof FileRef) return value.id === text;
      return (Array.isArray(value) || isPlainObject(value)) && toJsonText(value) === text;
  }
}

/** A number is never that of digits which it does not keep: an id of 18 digits has many neighbours. */
function equalsDigits(value: number, text: string): boolean {
  return numberOf(text, false) === value && !losesDigits(text, value);
}

/** Negative, zero or positive; NaN when there is no orderValues, which fails every test. */
function orderValues(a: Value | undefined, b: Value | undefined): number {
  if (typeof a === 'number' && typeof b === 'number') return compareNumbers(a, b);
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0;
  const order = compareNumbers(numberOf(a, b instanceof Date), numberOf(b, a instanceof Date));
  // Neighbours of 16 and more digits may be one double.
  return order === 0 ? compareWhole(a, b) : order;
}

/** Of values whose numbers are the same. */
function compareWhole(a: Value | undefined, b: Value | undefined): number {
  const left = wholeOf(a);
  const right = wholeOf(b);
  return left === null || right === null || left === right ? 0 : left < right ? -1 : 1;
}

/** Null for what is no whole number, or a date. */
function wholeOf(value: Value | undefined): bigint | null {
  const number = numberOf(value, false);
  if (!Number.isInteger(number) || value instanceof Date) return null;
  return (typeof value === 'string' ? lostDigits(value, number) : null) ?? BigInt(number);
}

function isMultiple(a: Value | undefined, b: Value | undefined): boolean {
  const [left, right] = [numberOf(a, false), numberOf(b, false)];
  if (Math.abs(left) <= Number.MAX_SAFE_INTEGER && Math.abs(right) <= Number.MAX_SAFE_INTEGER)
    return left % right === 0;
  const [whole, divisor] = [wholeOf(a), wholeOf(b)];
  return whole === null || divisor === null ? left % right === 0 : divisor !== 0n && whole % divisor === 0n;
}

/** Not a subtraction: that of two infinities is not zero. */
function compareNumbers(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : a === b ? 0 : Number.NaN;
}

/** NaN for what is no number: null, blank text, lists, objects. Beside a date, text is read as one. */
function numberOf(value: Value | undefined, besideDate: boolean): number {
  switch (typeof value) {
    case 'number':
      return value;
    case 'boolean':
      return value ? 1 : 0;
    case 'string':
      if (besideDate) return parseDate(value)?.getTime() ?? Number.NaN;
      return value.trim() === '' ? Number.NaN : Number(value);
    default:
      return value instanceof Date ? value.getTime() : Number.NaN;
  }
}

function containsValue(a: Value, b: Value): boolean {
  if (Array.isArray(b)) {
    for (const item of b) if (looselyEqual(a, item ?? null)) return true;
    return false;
  }
  if (typeof b !== 'string' || a === null) return false;
  if (typeof a === 'string') return b.includes(a);
  const text = partText(a);
  return text !== null && b.includes(text);
}

/** The text that a value other than null and text has inside another text. */
function partText(value: Value): string | null {
  if (typeof value !== 'object') return String(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof FileRef) return value.id;
  return Array.isArray(value) || isPlainObject(value) ? toJsonText(value) : null;
}

function hasKey(a: Value | undefined, b: Value | undefined): boolean {
  if (!isPlainObject(a)) return false;
  return (typeof b === 'string' || typeof b === 'number' || typeof b === 'boolean') && Object.hasOwn(a, String(b));
}
