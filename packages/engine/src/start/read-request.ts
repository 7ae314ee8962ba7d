/** Reads a call that has come from elsewhere: as strictly as a document, since it may have been edited on its way. */
import { FlowdeckError } from '../errors.js';
import type { CallRequest } from '../ports/index.js';
import { isPlainObject, isUnsafeKey, type JsonData } from '../values/index.js';

/** What a member of a request has to be, in words and as a test. */
interface RequestMember {
  readonly what: string;
  readonly fits: (value: unknown) => boolean;
}

const isFilledText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isWholeNumber = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
const isSafeRecord = (value: unknown): boolean => isPlainObject(value) && !Object.keys(value).some(isUnsafeKey);
const orNull = ({ what, fits }: RequestMember): RequestMember => ({
  what: `${what}, or null`,
  fits: (value) => value === null || fits(value),
});

const filledText: RequestMember = { what: 'a text', fits: isFilledText };
const wholeNumber: RequestMember = { what: 'a whole number from 0', fits: isWholeNumber };
const momentInTime: RequestMember = { what: 'a moment in milliseconds', fits: Number.isFinite };
const safeRecord: RequestMember = { what: 'an object', fits: isSafeRecord };
const trueOrFalse: RequestMember = { what: 'true or false', fits: (value) => typeof value === 'boolean' };
const isFiniteLimit = (limit: unknown): boolean => typeof limit === 'number' && Number.isFinite(limit);

const REQUEST: { readonly [Name in keyof CallRequest]: RequestMember } = {
  v: { what: '1', fits: (value) => value === 1 },
  executionId: filledText,
  run: safeRecord,
  revision: filledText,
  connector: orNull(filledText),
  flow: filledText,
  values: safeRecord,
  secret: {
    what: 'a list of names',
    fits: (value) => Array.isArray(value) && value.every((name) => typeof name === 'string'),
  },
  connection: orNull(filledText),
  context: safeRecord,
  kind: { what: '"call" or "async"', fits: (value) => value === 'call' || value === 'async' },
  depth: wholeNumber,
  limits: {
    what: 'an object of numbers',
    fits: (value) => isPlainObject(value) && Object.values(value).every(isFiniteLimit),
  },
  atMostOnce: orNull(trueOrFalse),
  until: orNull(momentInTime),
  outputs: trueOrFalse,
  annexed: orNull(filledText),
};
const REQUEST_RUN: { readonly [Name in keyof CallRequest['run']]: RequestMember } = {
  id: filledText,
  flow: filledText,
  startedAt: momentInTime,
  metadata: safeRecord,
};
const REQUEST_CONTEXT: { readonly [Name in keyof CallRequest['context']]: RequestMember } = {
  index: orNull(wholeNumber),
  caller: orNull(safeRecord),
  error: orNull(safeRecord),
};

/** @throws FlowdeckError `invalid-request`, which names the member. */
export function readRequest(given: JsonData | CallRequest): CallRequest {
  const request = readMembers(given, REQUEST, '');
  readMembers(request['run'], REQUEST_RUN, '/run');
  readMembers(request['context'], REQUEST_CONTEXT, '/context');
  // Every member has been looked at.
  return request as unknown as CallRequest;
}

function readMembers(
  given: unknown,
  members: Readonly<Record<string, RequestMember>>,
  at: string,
): Readonly<Record<string, unknown>> {
  if (!isPlainObject(given)) throw faulty(at, 'an object');
  for (const [name, { what, fits }] of Object.entries(members)) {
    if (!Object.hasOwn(given, name) || !fits(given[name])) throw faulty(`${at}/${name}`, what);
  }
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(members, name)) throw faulty(`${at}/${name}`, 'left out: a request has no such member');
  }
  return given;
}

function faulty(pointer: string, what: string): FlowdeckError {
  const place = pointer === '' ? 'The request' : `"${pointer}" of the request`;
  return new FlowdeckError('invalid-request', `${place} has to be ${what}.`, {
    at: { pointer },
    hint: 'Hand on a request as the runtime was given it; it is made by the engine.',
  });
}
