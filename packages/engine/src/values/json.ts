/** Values as JSON text, and JSON text as values. */
import { ConversionError } from '../errors.js';
import { MAX_DEPTH, tooDeep } from './depth.js';
import { checkJsonBounds } from './json-bounds.js';
import { keepDigits } from './json-digits.js';
import { type JsonStopReason, scanJson } from './json-scan.js';
import { type JsonForms, writeJson } from './json-write.js';
import { lineReader } from './lines.js';
import { isPlainObject } from './object.js';
import { FileRef, type Value } from './types.js';

/** Characters of JSON text that {@link toJsonText} makes at most, unless told otherwise. */
export const MAX_JSON_LENGTH = 64 * 1024 * 1024;

/**
 * JSON text without spaces. Dates are ISO 8601 text in UTC, files their id; undefined properties are left out and
 * numbers that JSON cannot hold become null, as usual in JSON.
 *
 * `maxLength` bounds the text, in characters; the default is 64 Mi.
 *
 * @throws ConversionError (`conversion`) when the value nests deeper than 1000 levels or contains itself, when the text
 * would be too long, and when it holds something that has no JSON form, such as a flow reference.
 * @example
 * toJsonText({ on: new Date(0), tags: ['a'] }); // '{"on":"1970-01-01T00:00:00.000Z","tags":["a"]}'
 */
export function toJsonText(value: Value | undefined, maxLength: number = MAX_JSON_LENGTH): string {
  const survey: Survey = { left: maxLength, files: false, parts: 0, known: null, shares: false };
  look(value, 0, survey);
  // The platform writes what stands in many places once for each of them.
  if (survey.shares) return writeJson(value, FORMS, maxLength) ?? 'null';
  let text: string | undefined;
  try {
    text = survey.files ? JSON.stringify(value, fileIds) : JSON.stringify(value);
  } catch (cause) {
    // Texts near the bound that are full of characters to escape exceed the platform's longest string.
    throw new ConversionError('The value has no JSON form.', { cause });
  }
  if (text !== undefined && text.length > maxLength) throw textTooLong();
  return text ?? 'null';
}

/**
 * Reads JSON text, with or without a byte order mark. A whole number whose digits a double would change, such as an id of
 * 18 digits, is given as the text of its digits. Of two members with one name the last counts.
 *
 * @throws ConversionError (`conversion`) when it is no JSON (the message names line and column), nests deeper than 1000
 * levels, or holds a number that a double cannot, such as `1e400`; LimitError (`limit`) when an object has too many members.
 * @example
 * parseJsonText('{"n":1,"id":7615917337495251231}'); // { n: 1, id: '7615917337495251231' }
 */
export function parseJsonText(text: string): Value {
  // RFC 8259, 8.1: a reader may pass over the mark, and editors on Windows write it.
  const json = text.startsWith('\uFEFF') ? text.slice(1) : text;
  checkJsonBounds(json);
  let value: Value;
  try {
    value = JSON.parse(keepDigits(json));
  } catch {
    throw notJson(json);
  }
  checkParsed(value, 0);
  return value;
}

/** The platform's message quotes the text, which may be secret: this one names the place and what is wanted there. */
function notJson(json: string): ConversionError {
  const hint = 'Give JSON text, with names and texts in double quotes and no comma after the last item.';
  if (json.trim() === '') return new ConversionError('Cannot read text as JSON: it is empty.', { hint });
  const stop = scanJson(json);
  // Without a stop the text is sound, and the platform met a limit of its own.
  if (stop === null) return new ConversionError('Cannot read text as JSON: it is too large or too deep.', { hint });
  const { line, column } = lineReader(json)(stop.offset);
  const what = stop.offset >= json.length ? 'the text ends too early' : FAULTS[stop.reason];
  return new ConversionError(`Cannot read text as JSON: at line ${line}, column ${column} ${what}.`, { hint });
}

const FAULTS: Readonly<Record<JsonStopReason, string>> = {
  value: 'a value is expected',
  key: 'a name in double quotes is expected',
  colon: 'a colon is expected',
  comma: 'a comma or the closing bracket is expected',
  end: 'more follows after the end of the value',
  'trailing-comma': 'a comma stands before the closing bracket',
  escape: 'an unknown escape stands behind a backslash',
  'control-character': 'a line break or control character stands inside a text',
  'unclosed-text': 'a text begins that has no closing quote',
  depth: 'too many brackets are open',
};

/** Lists and objects that are looked at before they are remembered. */
const PARTS_UNMEASURED = 10_000;

interface Survey {
  /** Characters that the rest may take; counted from below, so that a too large value is refused before it is built. */
  left: number;
  files: boolean;
  parts: number;
  /** What lists and objects take, and how many levels they have; null while few were seen. */
  known: Map<object, { readonly taken: number; readonly height: number }> | null;
  /** One of them stands in several places. */
  shares: boolean;
}

/** Levels of lists and objects in the value. */
function look(value: unknown, depth: number, survey: Survey): number {
  if (typeof value !== 'object' || value === null) {
    if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint') {
      throw new ConversionError(`A JavaScript ${typeof value} has no JSON form.`);
    }
    deduct(typeof value === 'string' ? value.length + 2 : 1, survey);
    return 0;
  }
  const known = survey.known?.get(value);
  if (known !== undefined) {
    survey.shares = true;
    if (depth + known.height > MAX_DEPTH) throw tooDeep();
    deduct(known.taken, survey);
    return known.height;
  }
  if (depth >= MAX_DEPTH) throw tooDeep();
  if (++survey.parts > PARTS_UNMEASURED) survey.known ??= new Map();
  const before = survey.left;
  const height = lookWithin(value, depth, survey);
  survey.known?.set(value, { taken: before - survey.left, height });
  return height;
}

function lookWithin(value: object, depth: number, survey: Survey): number {
  deduct(1, survey);
  let height = 0;
  if (Array.isArray(value)) {
    for (const item of value) height = Math.max(height, look(item, depth + 1, survey));
  } else if (isPlainObject(value)) {
    for (const key in value) {
      if (!Object.hasOwn(value, key)) continue;
      deduct(key.length + 3, survey);
      height = Math.max(height, look(value[key], depth + 1, survey));
    }
  } else if (value instanceof FileRef) {
    survey.files = true;
  } else if (!(value instanceof Date)) {
    throw new ConversionError('A flow reference, or an object of a class, has no JSON form.', {
      hint: 'Use texts, numbers, booleans, dates, files, and lists and objects of them.',
    });
  }
  return height + 1;
}

function deduct(characters: number, survey: Survey): void {
  survey.left -= characters;
  if (survey.left < 0) throw textTooLong();
}

/** As the platform writes what `look` has passed. */
const FORMS: JsonForms = {
  scalar: (value) => JSON.stringify(value),
  object: (value) => (isPlainObject(value) ? value : JSON.stringify(fileIds('', value))),
  tooDeep,
  tooLong: textTooLong,
};

function fileIds(_key: string, value: unknown): unknown {
  return value instanceof FileRef ? value.id : value;
}

function checkParsed(value: unknown, depth: number): void {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new ConversionError('The JSON text holds a number that is too large.');
  } else if (typeof value === 'object' && value !== null) {
    if (depth >= MAX_DEPTH) throw tooDeep();
    if (Array.isArray(value)) for (const item of value) checkParsed(item, depth + 1);
    else for (const item of Object.values(value)) checkParsed(item, depth + 1);
  }
}

function textTooLong(): ConversionError {
  return new ConversionError('The JSON text of the value is too long.', {
    hint: 'Keep large contents in a file, or pass fewer items at a time.',
  });
}
