/** Shapes of JSON from outside, as data: every fault is told with its place, and unknown members with what was meant. */
import { isPlainObject, pointerTo } from '@flowdeck/engine/kit';
import { brief, quoted, type ShapeFault, unknownName } from './fault.js';

/** Tells what is wrong with a value. Empty: nothing. */
export type Shape = (value: unknown, pointer: string) => readonly ShapeFault[];

/** A value that passes a test. `what` says what it has to be, such as `a text`. */
export function valueThat(what: string, isSound: (value: unknown) => boolean): Shape {
  return (value, pointer) => (isSound(value) ? [] : [notA(what, value, pointer)]);
}

export const anyValue: Shape = () => [];
export const text = valueThat('a text', (value) => typeof value === 'string');
export const name = valueThat('a text that is not empty', (value) => typeof value === 'string' && value.trim() !== '');
export const flag = valueThat('true or false', (value) => typeof value === 'boolean');
export const number = valueThat('a number', (value) => typeof value === 'number');
/** An object with members of any name. */
export const anyObject = valueThat('an object', isPlainObject);

/** A whole number within bounds. */
export function whole(least: number, most = Number.MAX_SAFE_INTEGER): Shape {
  const what =
    most === Number.MAX_SAFE_INTEGER ? `a whole number from ${least}` : `a whole number, ${least} to ${most}`;
  return valueThat(
    what,
    (value) => typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most,
  );
}

export function oneOfTexts(...choices: readonly string[]): Shape {
  return valueThat(`one of ${choices.map(quoted).join(', ')}`, (value) => choices.some((choice) => choice === value));
}

export function listOf(item: Shape, least = 0): Shape {
  return (value, pointer) => {
    if (!Array.isArray(value)) return [notA('a list', value, pointer)];
    if (value.length < least)
      return [{ pointer, message: 'The list is empty.', hint: 'Give it an item, or leave it out.' }];
    return value.flatMap((each: unknown, index) => item(each, `${pointer}/${index}`));
  };
}

/** An object whose members have free names and the same shape. */
export function mapOf(member: Shape): Shape {
  return (value, pointer) =>
    isPlainObject(value)
      ? Object.entries(value).flatMap(([key, each]) => member(each, pointerTo(pointer, key)))
      : [notA('an object', value, pointer)];
}

/** What is wrong by any of them. */
export function all(...shapes: readonly Shape[]): Shape {
  return (value, pointer) => shapes.flatMap((shape) => shape(value, pointer));
}

/** Either of two: what is told is told by the one that `isFirst` chooses. */
export function either(isFirst: (value: unknown) => boolean, first: Shape, second: Shape): Shape {
  return (value, pointer) => (isFirst(value) ? first : second)(value, pointer);
}

export interface ObjectRules {
  readonly required?: readonly string[];
  /** Sets of members of which at most one may be there. */
  readonly exclusive?: readonly (readonly string[])[];
  /** Sets of members of which one has to be there. */
  readonly some?: readonly (readonly string[])[];
}

/** An object with these members and no others. `what` is what it is called, such as `a mock`. */
export function objectOf(what: string, members: Readonly<Record<string, Shape>>, rules: ObjectRules = {}): Shape {
  const known = Object.keys(members);
  const { required = [], exclusive = [], some = [] } = rules;
  return (value, pointer) => {
    if (!isPlainObject(value)) return [notA(what, value, pointer)];
    const has = (key: string) => Object.hasOwn(value, key);
    const told = (message: string, hint: string): ShapeFault => ({ pointer, message, hint });
    return [
      ...Object.keys(value).flatMap((key) => {
        const at = pointerTo(pointer, key);
        const member = Object.hasOwn(members, key) ? members[key] : undefined;
        return member
          ? member(value[key], at)
          : [unknownName(at, `There is no member ${quoted(key)} in ${what}.`, key, known)];
      }),
      ...required
        .filter((key) => !has(key))
        .map((key) => told(`${capital(what)} has a member ${quoted(key)}.`, `Add ${quoted(key)}.`)),
      ...some
        .filter((keys) => !keys.some(has))
        .map((keys) => told(`${capital(what)} has one of ${keys.map(quoted).join(', ')}.`, 'Add one of them.')),
      ...exclusive.flatMap((keys) => {
        const both = keys.filter(has);
        if (both.length < 2) return [];
        return [told(`${both.map(quoted).join(' and ')} exclude each other.`, 'Keep one of them.')];
      }),
    ];
  };
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function notA(what: string, value: unknown, pointer: string): ShapeFault {
  const told = OF_CONNECTION.test(pointer) ? 'The value' : brief(value);
  return { pointer, message: `${told} is not ${what}.`, hint: `Write ${what}.` };
}

/** What stands there may be a password, and is shown to nobody. */
const OF_CONNECTION = /(?:^|\/)connections?(?:\/|$)/;
