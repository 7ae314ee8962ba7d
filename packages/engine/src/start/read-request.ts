/** Reads a call that has come from elsewhere: as strictly as a document, since it may have been edited on its way. */
import type { CallRequest } from '../ports/index.js';
import { isPlainObject, type JsonData } from '../values/index.js';
import {
  filledText,
  isFiniteLimit,
  momentInTime,
  orNull,
  type RequestMember,
  readMembers,
  safeRecord,
  trueOrFalse,
  type Whole,
  wholeNumber,
} from './read-members.js';

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

const REQUEST_NAMED: Whole = {
  name: 'request',
  at: '',
  hint: 'Hand on a request as the runtime was given it; it is made by the engine.',
};

/** @throws FlowdeckError `invalid-request`, which names the member. */
export function readRequest(given: JsonData | CallRequest): CallRequest {
  const request = readMembers(given, REQUEST, REQUEST_NAMED);
  readMembers(request['run'], REQUEST_RUN, { ...REQUEST_NAMED, at: '/run' });
  readMembers(request['context'], REQUEST_CONTEXT, { ...REQUEST_NAMED, at: '/context' });
  // Every member has been looked at.
  return request as unknown as CallRequest;
}
