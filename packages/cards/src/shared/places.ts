/** Containers and paths as cards get them: a path is text or a list of keys, a container an object, a list or JSON text. */
import { ConversionError, type Value } from '@flowdeck/engine';
import { converter, MAX_DEPTH, parsePath, typeOf } from '@flowdeck/engine/kit';
import { asObject } from './conversions.js';

/**
 * Reads the value of a path input. Null and empty text are the value itself.
 *
 * @throws ConversionError when it is neither text, a number, nor a list of them.
 */
export function segmentsOf(path: Value): readonly string[] {
  if (path === null || path === '') return [];
  if (typeof path === 'string') return parsePath(path);
  if (typeof path === 'number') return parsePath(String(path));
  if (Array.isArray(path)) {
    // One that is too long is refused for that, and not looked at to its end.
    const keys = path.length > MAX_DEPTH ? path.slice(0, MAX_DEPTH + 1) : path;
    if (keys.every(isKey)) return parsePath(keys.map(String));
  }
  throw new ConversionError(`A path is text or a list of texts, not ${typeOf(path)}.`, {
    hint: 'Write the keys with dots between them, such as "result.0.id".',
  });
}

function isKey(value: Value): boolean {
  return typeof value === 'string' || typeof value === 'number';
}

const toList = converter({ type: 'any', list: true });

/**
 * Text is read as JSON, as at any object input; all else is itself.
 *
 * @throws ConversionError when text is not JSON of an object or a list.
 */
export function containerOf(value: Value): Value {
  if (typeof value !== 'string') return value;
  return value.trimStart().startsWith('[') ? toList(value) : asObject(value);
}
