/** Reads objects that have come from elsewhere, member by member: none may be missing, other than it has to be, or unknown. */
import { FlowdeckError } from '../errors.js';
import { isPlainObject, isUnsafeKey } from '../values/index.js';

/** What a member has to be, in words and as a test. */
export interface RequestMember {
  readonly what: string;
  readonly fits: (value: unknown) => boolean;
}

/** What the members are of, for messages. */
export interface Whole {
  /** Such as `request`. */
  readonly name: string;
  /** JSON pointer of the object in it. */
  readonly at: string;
  readonly hint: string;
}

const isFilledText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isWholeNumber = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
const isSafeRecord = (value: unknown): boolean => isPlainObject(value) && !Object.keys(value).some(isUnsafeKey);
export const orNull = ({ what, fits }: RequestMember): RequestMember => ({
  what: `${what}, or null`,
  fits: (value) => value === null || fits(value),
});

export const filledText: RequestMember = { what: 'a text', fits: isFilledText };
export const wholeNumber: RequestMember = { what: 'a whole number from 0', fits: isWholeNumber };
export const momentInTime: RequestMember = { what: 'a moment in milliseconds', fits: Number.isFinite };
export const safeRecord: RequestMember = { what: 'an object', fits: isSafeRecord };
export const trueOrFalse: RequestMember = { what: 'true or false', fits: (value) => typeof value === 'boolean' };
export const isFiniteLimit = (limit: unknown): boolean => typeof limit === 'number' && Number.isFinite(limit);

export const orAbsent = ({ what, fits }: RequestMember): RequestMember => ({
  what: `${what}, or left out`,
  fits: (value) => value === undefined || fits(value),
});

/** @throws FlowdeckError `invalid-request`, which names the member. */
export function readMembers(
  given: unknown,
  members: Readonly<Record<string, RequestMember>>,
  whole: Whole,
): Readonly<Record<string, unknown>> {
  if (!isPlainObject(given)) throw faulty('', 'an object', whole);
  for (const [name, { what, fits }] of Object.entries(members)) {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (!fits(value)) throw faulty(`/${name}`, what, whole);
  }
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(members, name)) throw faulty(`/${name}`, 'left out: there is no such member', whole);
  }
  return given;
}

/** `below`: JSON pointer below the object. */
export function faulty(below: string, what: string, { name, at, hint }: Whole): FlowdeckError {
  const pointer = at + below;
  const place = pointer === '' ? `The ${name}` : `"${pointer}" of the ${name}`;
  return new FlowdeckError('invalid-request', `${place} has to be ${what}.`, { at: { pointer }, hint });
}
