/** Objects and lists of a declaration: a table says which members an object may have and what each of them may be. */
import { didYouMean } from '../../document/did-you-mean.js';
import { quoted } from '../../document/members.js';
import { describeActual } from '../../document/shape-words.js';
import { isPlainObject, isUnsafeKey } from '../../values/index.js';
import type { DeclarationSpot } from './declaration-spot.js';

/** An object whose members are not known yet. */
export type Unchecked = Readonly<Record<string, unknown>>;

/** Reports what is wrong with a value. `owner` is the object that it is a member of: for members that go together. */
export type MemberCheck = (value: unknown, spot: DeclarationSpot, owner: Unchecked) => void;

/** What one member of an object may be. */
export interface Member {
  readonly check: MemberCheck;
  /** Set: the member has to be there. What to write, when it is not. */
  readonly missing?: string;
}

/** By name. One table for each kind of object, so that a further member is a further line. */
export type Members = Readonly<Record<string, Member>>;

export const optional = (check: MemberCheck): Member => ({ check });
export const required = (check: MemberCheck, missing: string): Member => ({ check, missing });

/**
 * Checks an object against its table: unknown members, missing ones, and each that is there. Undefined counts as absent.
 *
 * @returns null when it is no object at all, which is reported too.
 */
export function checkMembers(value: unknown, spot: DeclarationSpot, what: string, members: Members): Unchecked | null {
  const object = plainObject(value, spot, what);
  if (object === null) return null;
  for (const name of Object.keys(object)) {
    const given = object[name];
    if (given === undefined) continue;
    if (Object.hasOwn(members, name)) members[name]?.check(given, spot.at(name), object);
    else reportUnknownMember(name, spot, what, Object.keys(members));
  }
  for (const name of Object.keys(members)) {
    const { missing } = members[name] ?? {};
    if (missing === undefined || (Object.hasOwn(object, name) && object[name] !== undefined)) continue;
    spot.at(name).fault('declaration-missing', `${capital(what)} has no "${name}".`, missing);
  }
  return object;
}

/** The object, or null and a report. */
export function plainObject(value: unknown, spot: DeclarationSpot, what: string): Unchecked | null {
  if (spot.isTooDeep) {
    spot.fault('declaration-shape', 'The declaration is nested without end.', 'Does a field hold itself?');
    return null;
  }
  if (isModule(value)) {
    const names = Object.keys(value).filter((name) => name !== '__esModule');
    spot.fault(
      'declaration-shape',
      `This is a module, and not ${what}.`,
      `Take one of its exports (${names.slice(0, 5).join(', ')}): import { name }, and not import * as name.`,
    );
    return null;
  }
  if (isPlainObject(value)) return value;
  spot.fault('declaration-shape', `${describeValue(value)} is not ${what}.`, howToObject(value));
  return null;
}

function howToObject(value: unknown): string {
  if (typeof value === 'function') return 'Give a plain object. Call the function, if it makes one.';
  if (value instanceof Promise) return 'Give a plain object. Await the promise, if one comes of it.';
  return 'Give a plain object.';
}

/** The list, or null and a report. */
export function plainList(value: unknown, spot: DeclarationSpot): readonly unknown[] | null {
  if (Array.isArray(value)) return value;
  const isSeveral = value instanceof Map || value instanceof Set;
  const hint = isSeveral ? 'Spread its values into a list: [...it.values()].' : 'Put it into square brackets.';
  spot.fault('declaration-shape', `${describeValue(value)} is not a list.`, hint);
  return null;
}

/** A module namespace, or what a compiler to CommonJS makes of one. */
function isModule(value: unknown): value is Unchecked {
  if (typeof value !== 'object' || value === null) return false;
  return Object.prototype.toString.call(value) === '[object Module]' || Object.hasOwn(value, '__esModule');
}

export function reportUnknownMember(name: string, spot: DeclarationSpot, what: string, known: readonly string[]): void {
  const here = spot.at(name);
  if (isUnsafeKey(name)) reportUnsafe(name, here);
  else
    here.fault(
      'declaration-unknown',
      `${capital(what)} has no member ${quoted(name)}.`,
      didYouMean(name, known, `There are ${known.join(', ')}.`),
    );
}

export function reportUnsafe(name: string, spot: DeclarationSpot): void {
  spot.fault(
    'declaration-name',
    `${quoted(name)} may not be a name.`,
    'Choose another one: this one reaches the prototype of an object.',
  );
}

/** A value in a message: its type only, since it may be a secret. */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'Undefined';
  return capital(typeof value === 'function' ? 'a function' : describeActual(value));
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
