/** Compares what came with what a case expects, and says where they differ. */
import { isPlainObject, pointerTo, typeOf } from '@flowdeck/engine/kit';

/** One difference. `pointer` is a JSON Pointer into what was compared. */
export interface Difference {
  /** JSON Pointer (RFC 6901); empty for the whole. */
  readonly pointer: string;
  /** What should stand there. Undefined: nothing. */
  readonly expected: unknown;
  /** What stood there. Undefined: nothing. */
  readonly actual: unknown;
}

/** `exact`: no member more. `subset`: objects may have further members, at any depth; lists are as long as expected. */
export type Strictness = 'exact' | 'subset';

/**
 * Compares. In the expected value an object with one of these keys alone is a matcher:
 *
 * - `{"$any": true}`: whatever there is, null included
 * - `{"$type": "text"}`: a value of this type (a field type, `list` or `null`)
 * - `{"$match": "^SM"}`: text that the regular expression finds something in
 * - `{"$has": {...}}`: an object with at least these members
 *
 * A date equals its ISO 8601 text. 0 is not -0: a program can tell them apart, and so can its users.
 *
 * @throws SyntaxError for a `$match` that is no regular expression.
 */
export function differences(expected: unknown, actual: unknown, strictness: Strictness, pointer = ''): Difference[] {
  const differ = (): Difference[] => [{ pointer, expected, actual: actual === undefined ? null : actual }];
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return differ();
    return expected.flatMap((item, index) => differences(item, actual[index], strictness, `${pointer}/${index}`));
  }
  if (!isPlainObject(expected)) return sameScalar(expected, actual) ? [] : differ();
  const matcher = matcherOf(expected);
  if (matcher) return matcher(actual, pointer) ?? differ();
  if (!isPlainObject(actual)) return differ();
  const extra = strictness === 'exact' ? Object.keys(actual).filter((key) => !Object.hasOwn(expected, key)) : [];
  return [
    ...Object.keys(expected).flatMap((key) => {
      const at = pointerTo(pointer, key);
      if (Object.hasOwn(actual, key)) return differences(expected[key], actual[key], strictness, at);
      // A member that is expected to be null may be left out in a subset.
      return strictness === 'subset' && expected[key] === null ? [] : missing(at, expected[key]);
    }),
    ...extra.map((key) => ({ pointer: pointerTo(pointer, key), expected: undefined, actual: actual[key] })),
  ];
}

/** Whether nothing differs. */
export function matches(expected: unknown, actual: unknown, strictness: Strictness): boolean {
  return differences(expected, actual, strictness).length === 0;
}

/** Null: the verdict is "different", without more to say. */
type Matcher = (actual: unknown, pointer: string) => Difference[] | null;

function matcherOf(expected: Readonly<Record<string, unknown>>): Matcher | null {
  const [name, ...others] = Object.keys(expected);
  if (name === undefined || others.length > 0) return null;
  const argument = expected[name];
  switch (name) {
    case '$any':
      return () => [];
    case '$type':
      return (actual) => (typeOf(actual) === argument ? [] : null);
    case '$match':
      return (actual) => (typeof actual === 'string' && new RegExp(String(argument), 'u').test(actual) ? [] : null);
    case '$has':
      return (actual, pointer) => differences(argument, actual, 'subset', pointer);
    default:
      return null;
  }
}

function sameScalar(expected: unknown, actual: unknown): boolean {
  if (actual instanceof Date) return expected === actual.toISOString();
  return Object.is(expected, actual) || (expected === null && actual === undefined);
}

function missing(pointer: string, expected: unknown): Difference[] {
  // `$any` promises a member, whatever it is.
  return [{ pointer, expected, actual: undefined }];
}
