/** JSON Pointer (RFC 6901): parse, print, and read a value at one. */
import { RunError } from '../errors.js';
import { memberReader, membersReader, readOwn } from './object.js';
import type { Value } from './types.js';

const INDEX = /^(?:0|[1-9]\d*)$/;

/**
 * The reference tokens of a JSON Pointer. `""` means the value itself and has none.
 *
 * @throws RunError `pointer-syntax` when it does not start with `/`, and for `~` that is not followed by 0 or 1.
 * @example
 * parsePointer('/send/a~1b'); // ['send', 'a/b']
 */
export function parsePointer(pointer: string): readonly string[] {
  if (pointer === '') return [];
  const isEscaped = pointer.includes('~');
  if (!pointer.startsWith('/') || (isEscaped && /~(?![01])/.test(pointer))) {
    throw new RunError('pointer-syntax', 'The text is not a JSON Pointer.', {
      hint: 'Start with "/", and write "~1" for "/" and "~0" for "~" inside a name.',
    });
  }
  // Not by `split`: of a text that was read a moment ago, that takes several times as long. And of its length from the
  // start: a list that is pushed to has room for seventeen.
  const tokens = new Array<string>(slashesIn(pointer));
  let from = 1;
  for (let at = 0; at < tokens.length; at++) {
    const to = pointer.indexOf('/', from);
    tokens[at] = to === -1 ? pointer.slice(from) : pointer.slice(from, to);
    from = to + 1;
  }
  // "~1" first: "~01" stands for "~1".
  return isEscaped ? tokens.map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~')) : tokens;
}

function slashesIn(pointer: string): number {
  let count = 0;
  for (let at = pointer.indexOf('/'); at !== -1; at = pointer.indexOf('/', at + 1)) count++;
  return count;
}

/** The JSON Pointer of reference tokens. */
export function formatPointer(tokens: readonly (string | number)[]): string {
  let pointer = '';
  for (const token of tokens) pointer += `/${typeof token === 'number' ? token : escaped(token)}`;
  return pointer;
}

/** Most names hold neither, and a pointer is made of each place where a document is checked. */
function escaped(token: string): string {
  return token.includes('~') || token.includes('/') ? token.replaceAll('~', '~0').replaceAll('/', '~1') : token;
}

/**
 * The JSON Pointer to something below the place of another.
 *
 * @example
 * pointerTo('/cards/0', 'in', 'a/b'); // '/cards/0/in/a~1b'
 */
export function pointerTo(parent: string, ...tokens: readonly (string | number)[]): string {
  return parent + formatPointer(tokens);
}

/**
 * The value at reference tokens. Null when anything on the way is missing or not an own property, and for `__proto__`,
 * `constructor` and `prototype`. A list takes `0`, `1`, ... without leading zeros.
 */
export function readPointer(value: Value | undefined, tokens: readonly string[]): Value {
  let at: Value = value ?? null;
  for (let index = 0; index < tokens.length; index++) {
    if (at === null) return null;
    const token = tokens[index] ?? '';
    at = Array.isArray(at) ? readItem(at, token) : readOwn(at, token);
  }
  return at;
}

/**
 * {@link readPointer} for tokens that are known before the first value: all that depends on them is done here, once.
 *
 * @example
 * const id = pointerReader(['order', 'id']);
 * id({ order: { id: 7 } }); // 7
 */
export function pointerReader(tokens: readonly string[]): (value: Value | undefined) => Value {
  return membersReader(tokens.map((token) => memberReader(token, INDEX.test(token) ? Number(token) : -1)));
}

function readItem(list: readonly Value[], token: string): Value {
  return INDEX.test(token) ? (list[Number(token)] ?? null) : null;
}
