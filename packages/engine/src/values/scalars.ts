/** Conversion of a value to one type: the columns of the run-time conversion table. */
import { ConversionError } from '../errors.js';
import { parseDate } from './date.js';
import { losesDigits } from './digits.js';
import { parseJsonText, toJsonText } from './json.js';
import { typeOf } from './object.js';
import { type FieldType, FileRef, FlowRef, type Value } from './types.js';

/** Makes a value of one type of whatever arrives, or throws `ConversionError`. */
export type Converter = (value: unknown) => Value;

const NAMES = {
  text: 'text',
  number: 'a number',
  boolean: 'a boolean',
  date: 'a date',
  object: 'an object',
  file: 'a file',
  flow: 'a flow reference',
  list: 'a list',
  null: 'null',
  any: 'a foreign value',
} as const;

/** The error names types only: a value may be secret. */
export function conversionRefusal(
  value: unknown,
  to: FieldType | 'list',
  details: { why?: string; hint?: string } = {},
): ConversionError {
  const type = typeOf(value);
  const what = type === 'any' ? `a JavaScript ${typeof value} that is no Flowdeck value` : NAMES[type];
  const why = details.why === undefined ? '' : `: ${details.why}`;
  return new ConversionError(`Cannot convert ${what} to ${NAMES[to]}${why}.`, {
    hint: details.hint ?? HINTS[to],
  });
}

const HINTS: Readonly<Record<FieldType | 'list', string>> = {
  text: 'Give a text, number, boolean, date, object, list or file.',
  number: 'Give a number, text that holds one such as "12.5", a boolean or a date.',
  boolean: 'Give true or false, a text or a number.',
  date: 'Give a date, ISO 8601 text such as "2024-05-01T09:00:00Z", or milliseconds since 1970.',
  object: 'Give an object, JSON text of one, or a list that holds just one.',
  file: 'Give the file output of an earlier card.',
  flow: 'Name the flow with {"flow": "id"}.',
  list: 'Give a list.',
  any: 'Give a value.',
};

function toAny(value: unknown): Value {
  // What arrives at the border of the engine is a Value by contract; `any` promises no more than to pass it on.
  return value === undefined ? null : (value as Value);
}

function toText(value: unknown): Value {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw conversionRefusal(value, 'text', { why: 'it is not finite' });
    return String(value);
  }
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (value instanceof Date) return validDate(value, 'text').toISOString();
  if (value instanceof FileRef) return value.id;
  const type = typeOf(value);
  if (type !== 'object' && type !== 'list') throw conversionRefusal(value, 'text');
  // `typeOf` has just found it to be a list or a plain object.
  return toJsonText(value as Value);
}

function toNumber(value: unknown): Value {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw conversionRefusal(value, 'number', { why: 'it is not finite' });
    return value;
  }
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') {
    const text = value.trim();
    if (text === '') return null;
    const number = Number(text);
    if (!Number.isFinite(number)) throw conversionRefusal(value, 'number', { why: 'it does not hold one' });
    if (losesDigits(text, number)) throw tooManyDigits(value);
    return number;
  }
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof Date) return validDate(value, 'number').getTime();
  throw conversionRefusal(value, 'number');
}

/** For text whose digits a number would change: another id in silence is worse than an error. */
export function tooManyDigits(value: unknown): ConversionError {
  return conversionRefusal(value, 'number', {
    why: 'it has more digits than a number keeps',
    hint: 'Take an id as text. Whole numbers are exact up to 9007199254740991.',
  });
}

function toBoolean(value: unknown): Value {
  if (typeof value === 'boolean') return value;
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'string') return value.length !== 5 || value.toLowerCase() !== 'false';
  if (typeof value === 'number' && !Number.isNaN(value)) return value !== 0;
  throw conversionRefusal(value, 'boolean');
}

function toDate(value: unknown): Value {
  if (value instanceof Date) return validDate(value, 'date');
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') {
    if (value.trim() === '') return null;
    const date = parseDate(value);
    if (date === null) throw conversionRefusal(value, 'date', { why: 'it does not hold one' });
    return date;
  }
  if (typeof value === 'number') return validDate(new Date(value), 'date');
  throw conversionRefusal(value, 'date');
}

function toObject(value: unknown): Value {
  if (value === null || value === undefined) return null;
  switch (typeOf(value)) {
    case 'object':
      // `typeOf` says so.
      return value as Value;
    case 'text':
      return objectInText(String(value));
    case 'list':
      return onlyItem(value as readonly unknown[]); // `typeOf` says so
    default:
      throw conversionRefusal(value, 'object');
  }
}

function objectInText(text: string): Value {
  const json = text.trim();
  if (json === '') return null;
  if (!json.startsWith('{')) throw conversionRefusal(text, 'object', { why: 'it is not the JSON text of one' });
  return parseJsonText(json);
}

/** A list of one stands for its item. Only one level: a list that contains itself must end. */
function onlyItem(list: readonly unknown[]): Value {
  const item = list[0];
  if (list.length !== 1 || Array.isArray(item))
    throw conversionRefusal(list, 'object', { why: 'it does not hold just one' });
  return toObject(item);
}

function toFile(value: unknown): Value {
  if (value instanceof FileRef) return value;
  if (value === null || value === undefined || value === '') return null;
  throw conversionRefusal(value, 'file');
}

function toFlow(value: unknown): Value {
  if (value instanceof FlowRef) return value;
  if (value === null || value === undefined || value === '') return null;
  throw conversionRefusal(value, 'flow');
}

function validDate(date: Date, to: FieldType): Date {
  if (Number.isNaN(date.getTime()))
    throw conversionRefusal(date, to, { why: 'it lies outside the years that a date can hold' });
  return date;
}

/** One converter a type, always the same function. */
export const SCALAR_CONVERTERS: Readonly<Record<FieldType, Converter>> = {
  any: toAny,
  text: toText,
  number: toNumber,
  boolean: toBoolean,
  date: toDate,
  object: toObject,
  file: toFile,
  flow: toFlow,
};
