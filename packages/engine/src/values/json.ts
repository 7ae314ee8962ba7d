/** Values as JSON text, and JSON text as values. */
import { ConversionError } from '../errors.js';
import { MAX_DEPTH, tooDeep } from './depth.js';
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
  const survey: Survey = { left: maxLength, files: false };
  look(value, 0, survey);
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
 * Reads JSON text.
 *
 * @throws ConversionError (`conversion`) when it is no JSON, nests deeper than 1000 levels, or holds a number that a
 * double cannot, such as `1e400`.
 */
export function parseJsonText(text: string): Value {
  let value: Value;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's message quotes the text, which may be secret.
    throw new ConversionError('Cannot read text as JSON: it is not well-formed.', {
      hint: 'Give JSON text, with names and texts in double quotes and no comma after the last item.',
    });
  }
  checkParsed(value, 0);
  return value;
}

interface Survey {
  /** Characters that the rest may take; counted from below, so that a too large value is refused before it is built. */
  left: number;
  files: boolean;
}

function look(value: unknown, depth: number, survey: Survey): void {
  survey.left -= typeof value === 'string' ? value.length + 2 : 1;
  if (survey.left < 0) throw textTooLong();
  if (typeof value !== 'object') {
    if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint') {
      throw new ConversionError(`A JavaScript ${typeof value} has no JSON form.`);
    }
    return;
  }
  if (value === null) return;
  if (depth >= MAX_DEPTH) throw tooDeep();
  if (Array.isArray(value)) {
    for (const item of value) look(item, depth + 1, survey);
  } else if (isPlainObject(value)) {
    for (const key in value) {
      if (!Object.hasOwn(value, key)) continue;
      survey.left -= key.length + 3;
      look(value[key], depth + 1, survey);
    }
  } else if (value instanceof FileRef) {
    survey.files = true;
  } else if (!(value instanceof Date)) {
    throw new ConversionError('A flow reference, or an object of a class, has no JSON form.', {
      hint: 'Use texts, numbers, booleans, dates, files, and lists and objects of them.',
    });
  }
}

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
