/** Matchers: what may stand in place of an expected value, as a table. */
import type { Value } from '@flowdeck/engine';
import { deepEqual, isPlainObject, toData, typeOf } from '@flowdeck/engine/kit';
import { instantOf, isWithin, spanOf } from './dates.js';
import type { Difference, Strictness } from './difference.js';

/** What a matcher is asked with. */
export interface Asked {
  /** What stands beside the matcher's name. */
  readonly argument: unknown;
  readonly actual: unknown;
  readonly strictness: Strictness;
  /** Place of the actual value. */
  readonly pointer: string;
  /** Compares what a matcher holds, at the place of the matcher or beneath it. */
  readonly compare: (expected: unknown, actual: unknown, strictness: Strictness, pointer: string) => Difference[];
}

/** One kind of matcher. */
export interface MatcherType {
  /** What the argument has to be, for the message that refuses another. */
  readonly takes: string;
  readonly isArgument: (argument: unknown) => boolean;
  /** True: nothing differs. False: all of it does. Else what does. */
  readonly judge: (asked: Asked) => boolean | Difference[];
}

const anything = () => true;
const isTrue = (argument: unknown) => argument === true;
const isList = (argument: unknown) => Array.isArray(argument);
const isBound = (argument: unknown) => typeof argument === 'number' || spanOf(argument) !== null;

export const MATCHERS = {
  $any: { takes: 'true', isArgument: isTrue, judge: anything },
  $type: {
    takes: 'the name of a type, `list` or `null`',
    isArgument: (argument) => typeof argument === 'string',
    judge: ({ argument, actual }) => typeOf(actual) === argument,
  },
  $match: {
    takes: 'a regular expression',
    isArgument: isPattern,
    judge: ({ argument, actual }) => typeof actual === 'string' && new RegExp(String(argument), 'u').test(actual),
  },
  $has: {
    takes: 'an object',
    isArgument: isPlainObject,
    judge: ({ argument, actual, pointer, compare }) => compare(argument, actual, 'subset', pointer),
  },
  $oneOf: {
    takes: 'a list',
    isArgument: isList,
    judge: (asked) => itemsOf(asked.argument).some((each) => fits(asked, each, asked.actual)),
  },
  $not: { takes: 'a value', isArgument: anything, judge: (asked) => !fits(asked, asked.argument, asked.actual) },
  $close: {
    takes: 'a list of a number and a tolerance',
    isArgument: (argument) => isList(argument) && numbersIn(argument).length === 2,
    judge: ({ argument, actual }) => {
      const [value = Number.NaN, tolerance = 0] = numbersIn(argument);
      return typeof actual === 'number' && Math.abs(actual - value) <= tolerance;
    },
  },
  $lt: { takes: 'a number or a date', isArgument: isBound, judge: ordered((actual, bound) => actual < bound) },
  $lte: { takes: 'a number or a date', isArgument: isBound, judge: ordered((actual, bound) => actual <= bound) },
  $gt: { takes: 'a number or a date', isArgument: isBound, judge: ordered((actual, bound) => actual > bound) },
  $gte: { takes: 'a number or a date', isArgument: isBound, judge: ordered((actual, bound) => actual >= bound) },
  $date: {
    takes: 'a moment, a day or a month, such as "2030-01-31"',
    isArgument: (argument) => spanOf(argument) !== null,
    judge: ({ argument, actual }) => isWithin(actual, argument),
  },
  $contains: {
    takes: 'an item of a list, or a part of a text',
    isArgument: anything,
    judge: (asked) => {
      const { argument, actual } = asked;
      if (typeof actual === 'string') return typeof argument === 'string' && actual.includes(argument);
      return Array.isArray(actual) && actual.some((item: unknown) => fits(asked, argument, item));
    },
  },
  $items: {
    takes: 'what each item of a list is',
    isArgument: anything,
    judge: ({ argument, actual, strictness, pointer, compare }) =>
      Array.isArray(actual) &&
      actual.flatMap((item: unknown, index) => compare(argument, item, strictness, `${pointer}/${index}`)),
  },
  $length: {
    takes: 'a number, or a matcher of one',
    isArgument: (argument) => typeof argument === 'number' || isPlainObject(argument),
    judge: (asked) => {
      const { argument, actual } = asked;
      return (typeof actual === 'string' || Array.isArray(actual)) && fits(asked, argument, actual.length);
    },
  },
  $unordered: {
    takes: 'a list',
    isArgument: isList,
    judge: (asked) => {
      const expected = itemsOf(asked.argument);
      const { actual } = asked;
      return Array.isArray(actual) && actual.length === expected.length && isPaired(expected, actual, asked);
    },
  },
  /** Where the member is not there it is not asked: `differences` knows it. */
  $absent: { takes: 'true', isArgument: isTrue, judge: () => false },
  $literal: {
    takes: 'a value, in which nothing is a matcher',
    isArgument: anything,
    // Both come from JSON, or were made into it.
    judge: ({ argument, actual }) => deepEqual(argument as Value, toData((actual ?? null) as Value)),
  },
} as const satisfies Readonly<Record<`$${string}`, MatcherType>>;

export type MatcherName = keyof typeof MATCHERS;

export function isMatcherName(name: string): name is MatcherName {
  return Object.hasOwn(MATCHERS, name);
}

/** The matchers that an expected object consists of; null when it is data. Several have to hold together. */
export function matchersIn(expected: Readonly<Record<string, unknown>>): readonly MatcherName[] | null {
  const names = Object.keys(expected);
  return names.length > 0 && names.every(isMatcherName) ? names : null;
}

/** True where a member is promised not to be. */
export function isAbsence(expected: unknown): boolean {
  return isPlainObject(expected) && matchersIn(expected)?.includes('$absent') === true;
}

function fits({ strictness, compare }: Asked, expected: unknown, actual: unknown): boolean {
  return compare(expected, actual, strictness, '').length === 0;
}

function ordered(holds: (actual: number, bound: number) => boolean): MatcherType['judge'] {
  return ({ argument, actual }) => {
    if (typeof argument === 'number') return typeof actual === 'number' && holds(actual, argument);
    const [moment, bound] = [instantOf(actual), instantOf(argument)];
    return moment !== null && bound !== null && holds(moment, bound);
  };
}

/** Whether every expected item has an item of its own (augmenting paths: a greedy choice could be the wrong one). */
function isPaired(expected: readonly unknown[], actual: readonly unknown[], asked: Asked): boolean {
  const takenBy = new Map<number, number>();
  const give = (index: number, seen: Set<number>): boolean =>
    actual.some((item, at) => {
      if (seen.has(at) || !fits(asked, expected[index], item)) return false;
      seen.add(at);
      const other = takenBy.get(at);
      if (other !== undefined && !give(other, seen)) return false;
      takenBy.set(at, index);
      return true;
    });
  return expected.every((_, index) => give(index, new Set()));
}

function itemsOf(argument: unknown): readonly unknown[] {
  return Array.isArray(argument) ? argument : [];
}

function numbersIn(argument: unknown): number[] {
  return itemsOf(argument).filter((item) => typeof item === 'number');
}

function isPattern(argument: unknown): boolean {
  if (typeof argument !== 'string') return false;
  try {
    return new RegExp(argument, 'u').source !== '';
  } catch {
    return false;
  }
}
