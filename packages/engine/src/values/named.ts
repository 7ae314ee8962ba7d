/** The conversions that a foreign flow file stores on its wires, by name. */
import { RunError } from '../errors.js';
import { losesDigits } from './digits.js';
import { EMPTY_LIST } from './empty.js';
import { parseJsonText } from './json.js';
import { type Converter, conversionRefusal, SCALAR_CONVERTERS, tooManyDigits } from './scalars.js';
import type { Value } from './types.js';

/** Names that {@link namedConversion} knows. */
export const CONVERSION_NAMES = [
  'parse',
  'dateTime',
  'wrapArray',
  'stringify',
  'toString',
  'parseFloat',
  'isoString',
  'booleanToString',
] as const;
/** The named conversions: see `CONVERSION_NAMES`. */
export type ConversionName = (typeof CONVERSION_NAMES)[number];

/**
 * The conversion that a wire names: the same function for the same arguments. A value that already has the target type
 * is left alone. With `forceWrapArray` the result is put into a list unless it is one, and null becomes `[]`.
 *
 * @throws RunError `unknown-conversion` for another name. The function throws `ConversionError` (`conversion`).
 * @example
 * namedConversion('parse', false)('{"a":1}'); // { a: 1 }
 */
export function namedConversion(name: string, forceWrapArray: boolean): Converter {
  const known = CONVERSION_NAMES.find((one) => one === name);
  if (known === undefined) {
    throw new RunError('unknown-conversion', `There is no conversion '${name.slice(0, 40)}'.`, {
      hint: `Known conversions: ${CONVERSION_NAMES.join(', ')}.`,
    });
  }
  return (forceWrapArray ? WRAPPING : PLAIN)[known];
}

/** Any JSON, not only an object: the input that the wire leads to checks the type. Empty text is null. */
function parseText(value: unknown): Value {
  if (typeof value !== 'string') return SCALAR_CONVERTERS.any(value);
  const text = value.trim();
  return text === '' ? null : parseJsonText(text);
}

/** What `parseFloat` reads of a text. */
const LEADING = /^\s*[+-]?\d+(?:\.\d*)?(?:e[+-]?\d+)?/i;

/** Reads the number at the start of the text and ignores what follows, as the name promises: `12px` gives 12. */
function parseLeadingNumber(value: unknown): Value {
  if (typeof value !== 'string') return SCALAR_CONVERTERS.number(value);
  if (value.trim() === '') return null;
  const number = Number.parseFloat(value);
  if (!Number.isFinite(number)) throw conversionRefusal(value, 'number', { why: 'it does not start with one' });
  if (losesDigits(LEADING.exec(value)?.[0] ?? '', number)) throw tooManyDigits(value);
  return number;
}

function wrap(value: unknown): Value {
  if (value === null || value === undefined) return EMPTY_LIST;
  // What runs along a wire is a Value by contract.
  return Array.isArray(value) ? value : [value as Value];
}

const PLAIN: Readonly<Record<ConversionName, Converter>> = {
  parse: parseText,
  dateTime: SCALAR_CONVERTERS.date,
  wrapArray: wrap,
  stringify: SCALAR_CONVERTERS.text,
  toString: SCALAR_CONVERTERS.text,
  parseFloat: parseLeadingNumber,
  isoString: SCALAR_CONVERTERS.text,
  booleanToString: SCALAR_CONVERTERS.text,
};

const WRAPPING: Readonly<Record<ConversionName, Converter>> = {
  parse: wrapped(PLAIN.parse),
  dateTime: wrapped(PLAIN.dateTime),
  wrapArray: wrap,
  stringify: wrapped(PLAIN.stringify),
  toString: wrapped(PLAIN.toString),
  parseFloat: wrapped(PLAIN.parseFloat),
  isoString: wrapped(PLAIN.isoString),
  booleanToString: wrapped(PLAIN.booleanToString),
};

function wrapped(convert: Converter): Converter {
  return (value) => (Array.isArray(value) ? value : wrap(convert(value)));
}
