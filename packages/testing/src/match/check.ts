/** Refuses expected values that could never hold, or that say something else than was meant. */
import { isPlainObject, pointerTo } from '@flowdeck/engine/kit';
import { brief, quoted, type ShapeFault, unknownName } from '../shape/fault.js';
import { isMatcherName, MATCHERS, type MatcherType, matchersIn } from './matchers.js';

/** An object of which every key looks like a matcher. `$` alone is data. */
const LOOKS = /^\$./;

/** Faults of the matchers in an expected value, at any depth. */
export function matcherFaults(expected: unknown, pointer: string): readonly ShapeFault[] {
  if (Array.isArray(expected)) {
    return expected.flatMap((item: unknown, index) => matcherFaults(item, `${pointer}/${index}`));
  }
  if (!isPlainObject(expected)) return [];
  const keys = Object.keys(expected);
  const names = matchersIn(expected) ?? [];
  const isMeant = keys.length > 0 && keys.every((key) => LOOKS.test(key));
  const unknown = isMeant ? keys.filter((key) => !isMatcherName(key)) : [];
  const known = Object.keys(MATCHERS);
  return [
    ...unknown.map((key) => {
      const fault = unknownName(pointerTo(pointer, key), `There is no matcher ${quoted(key)}.`, key, known);
      return { ...fault, hint: `${fault.hint} Data that looks like a matcher stands in {"$literal": ...}.` };
    }),
    ...names.flatMap((name) => {
      const matcher: MatcherType = MATCHERS[name];
      if (matcher.isArgument(expected[name])) return [];
      const message = `${name} takes ${matcher.takes}, not ${brief(expected[name])}.`;
      return [{ pointer: pointerTo(pointer, name), message, hint: `Write ${matcher.takes}.` }];
    }),
    ...keys.filter((key) => key !== '$literal').flatMap((key) => matcherFaults(expected[key], pointerTo(pointer, key))),
  ];
}
