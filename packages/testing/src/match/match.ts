/** Compares what came with what a case expects, and says where they differ. */
import { isPlainObject, pointerTo } from '@flowdeck/engine/kit';
import type { Difference, Strictness } from './difference.js';
import { isAbsence, MATCHERS, type MatcherName, type MatcherType, matchersIn } from './matchers.js';

/**
 * Compares. In the expected value an object that consists of these keys is a matcher; several have to hold together:
 *
 * | matcher | holds for |
 * | --- | --- |
 * | `{"$any": true}` | whatever there is, null included |
 * | `{"$type": "text"}` | a value of this type (a field type, `list` or `null`) |
 * | `{"$match": "^SM"}` | text that the regular expression finds something in |
 * | `{"$has": {...}}` | an object with at least these members |
 * | `{"$oneOf": [...]}`, `{"$not": ...}` | one of these; anything but this |
 * | `{"$close": [1.5, 0.1]}` | a number within a tolerance |
 * | `{"$lt": 5}`, `$lte`, `$gt`, `$gte` | a number, or a date, below, at most, above, at least |
 * | `{"$date": "2030-01-31"}` | the same moment, or one within the day or month (of UTC) that is written |
 * | `{"$contains": ...}` | a list with such an item, a text with this part |
 * | `{"$items": ...}`, `{"$length": 3}` | a list of which each item is such; so many items or characters |
 * | `{"$unordered": [...]}` | a list with these items in any order |
 * | `{"$absent": true}` | no member of this name |
 * | `{"$literal": ...}` | exactly this, in which nothing is a matcher |
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
  const names = matchersIn(expected);
  if (names) return judged(expected, names, actual, strictness, pointer);
  if (!isPlainObject(actual)) return differ();
  const extra = strictness === 'exact' ? Object.keys(actual).filter((key) => !Object.hasOwn(expected, key)) : [];
  return [
    ...Object.keys(expected).flatMap((key) => {
      const at = pointerTo(pointer, key);
      if (Object.hasOwn(actual, key)) return differences(expected[key], actual[key], strictness, at);
      if (isAbsence(expected[key])) return [];
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

/** What differs between a value and the matchers that stand in its place: each has to hold. */
function judged(
  expected: Readonly<Record<string, unknown>>,
  names: readonly MatcherName[],
  actual: unknown,
  strictness: Strictness,
  pointer: string,
): Difference[] {
  for (const name of names) {
    const matcher: MatcherType = MATCHERS[name];
    const verdict = matcher.judge({ argument: expected[name], actual, strictness, pointer, compare: differences });
    if (verdict === false) return [{ pointer, expected, actual: actual === undefined ? null : actual }];
    if (verdict !== true && verdict.length > 0) return verdict;
  }
  return [];
}

function sameScalar(expected: unknown, actual: unknown): boolean {
  if (actual instanceof Date) return expected === actual.toISOString();
  return Object.is(expected, actual) || (expected === null && actual === undefined);
}

function missing(pointer: string, expected: unknown): Difference[] {
  // `$any` promises a member, whatever it is.
  return [{ pointer, expected, actual: undefined }];
}
