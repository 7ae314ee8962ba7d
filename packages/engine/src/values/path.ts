/** Dotted paths into values, as authors write them: `result.0.id`. */
import { RunError } from '../errors.js';
import { MAX_DEPTH } from './depth.js';
import { checkMemberCount } from './members.js';
import { isPlainObject, isUnsafeKey, memberReader, membersReader, readOwn } from './object.js';
import type { Value } from './types.js';

/** Highest list index that a path may set. */
export const MAX_PATH_INDEX = 1_000_000;

/**
 * The segments of a path. Text is split at dots and not trimmed; each item of a list is one key, in which dots are
 * literal. Empty text, an empty list and null mean the value itself.
 *
 * @throws RunError `path-depth` beyond 1000 segments.
 * @example
 * parsePath('profile.emails.0'); // ['profile', 'emails', '0']
 * parsePath(['foo.bar']); // ['foo.bar']
 */
export function parsePath(path: string | readonly (string | null)[] | null): readonly string[] {
  if (path === null || path === '') return [];
  const segments = typeof path === 'string' ? path.split('.') : path.map((key) => key ?? '');
  if (segments.length > MAX_DEPTH) {
    throw new RunError('path-depth', `The path has ${segments.length} segments; at most ${MAX_DEPTH} are allowed.`, {
      hint: 'Shorten the path.',
    });
  }
  return segments;
}

/**
 * The value at a path. A segment of digits counts a list's items from 0. Null when anything on the way is missing,
 * when a segment is not an own property, and for `__proto__`, `constructor` and `prototype`.
 */
export function getPath(value: Value | undefined, segments: readonly string[]): Value {
  let at: Value = value ?? null;
  for (const segment of segments) {
    if (at === null) return null;
    at = Array.isArray(at) ? (isDigits(segment) ? (at[Number(segment)] ?? null) : null) : readOwn(at, segment);
  }
  return at;
}

/**
 * {@link getPath} for segments that are known before the first value: for many values, or when a card is prepared.
 *
 * @example
 * const city = pathReader(parsePath('address.city'));
 * city({ address: { city: 'London' } }); // 'London'
 */
export function pathReader(segments: readonly string[]): (value: Value | undefined) => Value {
  return membersReader(segments.map((segment) => memberReader(segment, isDigits(segment) ? Number(segment) : -1)));
}

/**
 * A copy of `value` with `newValue` at the path; only what lies on the way is copied. Missing parents are created, a
 * list where the next segment is all digits, an object elsewhere; null, a text or another single value in the way is
 * replaced. Gaps in a list are filled with null.
 *
 * @throws RunError `unsafe-key` for `__proto__`, `constructor` and `prototype`; `path-index` for a segment that is no
 * list index where there is a list, and for an index beyond 1,000,000.
 * @example
 * setPath({ foo: '1' }, ['bar', 'baz'], 2); // { foo: '1', bar: { baz: 2 } }
 */
export function setPath(value: Value | undefined, segments: readonly string[], newValue: Value): Value {
  const [first] = segments;
  if (first === undefined) return newValue;
  const root = copyFor(value ?? null, first);
  let at = root;
  for (let index = 0; index < segments.length; index++) {
    const segment = segments[index] ?? '';
    const next = segments[index + 1];
    if (next === undefined) {
      put(at, segment, newValue);
    } else {
      const child = copyFor(getPath(at, [segment]), next);
      put(at, segment, child);
      at = child;
    }
  }
  return root;
}

/**
 * A copy of `value` without what is at the path: a key of an object disappears, an item of a list too and later ones
 * move up. The value itself when there is nothing at the path; null for the empty path.
 *
 * @throws RunError `unsafe-key`, like {@link setPath}.
 */
export function removePath(value: Value, segments: readonly string[]): Value {
  const last = segments.at(-1);
  if (last === undefined) return null;
  for (const segment of segments) refuseUnsafe(segment);
  const parents = segments.slice(0, -1);
  const parent = getPath(value, parents);
  if (Array.isArray(parent)) {
    if (!isDigits(last) || Number(last) >= parent.length) return value;
    return setPath(value, parents, parent.toSpliced(Number(last), 1));
  }
  if (!isPlainObject(parent) || !Object.hasOwn(parent, last)) return value;
  const copy: Container = { ...parent };
  delete copy[last];
  return setPath(value, parents, copy);
}

type Container = Value[] | { [key: string]: Value };

/** Copies a list or object, or makes what `segment` can be put into. Spreading keeps an own `__proto__` an own key. */
function copyFor(value: Value, segment: string): Container {
  if (Array.isArray(value)) return value.slice();
  if (isPlainObject(value)) return { ...value };
  return isDigits(segment) ? [] : {};
}

function put(container: Container, segment: string, value: Value): void {
  refuseUnsafe(segment);
  if (!Array.isArray(container)) {
    // Before the key is new to the copy: the platform knows the names of the original by heart.
    if (!Object.hasOwn(container, segment)) checkMemberCount(container, 1);
    container[segment] = value;
    return;
  }
  const index = isDigits(segment) ? Number(segment) : Number.NaN;
  if (!(index <= MAX_PATH_INDEX)) {
    throw new RunError('path-index', 'The path leads into a list with a segment that is no usable index.', {
      hint: `Use an index from 0 to ${MAX_PATH_INDEX}.`,
    });
  }
  while (container.length < index) container.push(null);
  container[index] = value;
}

function refuseUnsafe(segment: string): void {
  if (!isUnsafeKey(segment)) return;
  throw new RunError('unsafe-key', `A path may not contain '${segment}'.`, { hint: 'Choose another key.' });
}

function isDigits(segment: string): boolean {
  if (segment === '') return false;
  for (let index = 0; index < segment.length; index++) {
    const code = segment.charCodeAt(index);
    if (code < 48 || code > 57) return false;
  }
  return true;
}
