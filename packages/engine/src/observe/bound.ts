/** Keeps single values in a history small. */
import type { DataObject } from '../values/index.js';
import type { ErrorData } from './events.js';

/** Beyond this depth a value is not kept: viewers and patches walk by recursion. */
const MAX_RECORD_DEPTH = 64;
const MAX_ERROR_MESSAGE = 2_000;

/** Whether `boundRecord` would leave the record as it is. */
export function fitsRecord(record: DataObject | null, chars: number): boolean {
  return record === null || fits(record, chars);
}

/** The record as it is when its JSON has about `chars` characters or fewer; else each large member cut or left out. */
export function boundRecord(record: DataObject | null, chars: number): DataObject | null {
  if (record === null || fitsRecord(record, chars)) return record;
  const result: Record<string, DataObject[string]> = {};
  let left = chars;
  for (const key of Object.keys(record)) {
    if (left <= 0) {
      result['…'] = '[more fields, too large to keep]';
      break;
    }
    const value = record[key] ?? null;
    const size = sizeOf(value, left);
    const shown = size <= left ? value : typeof value === 'string' ? boundText(value, left) : '[too large to keep]';
    left -= Math.min(size, left) + key.length;
    Object.defineProperty(result, key, { value: shown, enumerable: true, writable: true, configurable: true });
  }
  return result;
}

/** An error with a message of bounded length, and without details that are too large. */
export function boundError(error: ErrorData, chars: number): ErrorData {
  if (error.message.length <= MAX_ERROR_MESSAGE && fits(error, chars)) return error;
  const { cause, extra, ...rest } = error;
  return {
    ...rest,
    message: boundText(error.message, MAX_ERROR_MESSAGE),
    ...(extra === undefined ? {} : { extra: boundRecord(extra, chars) ?? {} }),
    ...(cause === undefined
      ? {}
      : { cause: { ...cause, message: boundText(cause.message, MAX_ERROR_MESSAGE), extra: {} } }),
  };
}

function fits(value: unknown, chars: number): boolean {
  return sizeOf(value, chars) <= chars;
}

/** Characters of the value as JSON, roughly; stops counting beyond `limit`, so that any value ends soon. */
function sizeOf(value: unknown, limit: number, depth = 0): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value !== 'object' || value === null) return 8;
  if (depth > MAX_RECORD_DEPTH) return Number.POSITIVE_INFINITY;
  let size = 2;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length && size <= limit; i++) size += 1 + sizeOf(value[i], limit - size, depth + 1);
    return size;
  }
  // Own keys only: event data has no prototype of its own, and `for in` does not build a list of keys.
  for (const key in value) {
    if (size > limit) break;
    size += key.length + 4 + sizeOf(Reflect.get(value, key), limit - size, depth + 1);
  }
  return size;
}

/** The text, cut after `chars` characters with a note of how many are missing. */
export function boundText(text: string, chars: number): string {
  return text.length <= chars ? text : `${text.slice(0, chars)} [… ${text.length - chars} more characters]`;
}
