/** Reads what runs are started and signalled with, before a runtime is handed it and after it has come from one. */
import type { RunStart } from '../ports/index.js';
import { DEFAULT_LIMITS } from '../run/limits.js';
import { withinRecord } from '../run/record-size.js';
import { isPlainObject, type JsonData, MAX_DEPTH } from '../values/index.js';
import {
  faulty,
  filledText,
  isFiniteLimit,
  orAbsent,
  type RequestMember,
  readMembers,
  safeRecord,
  type Whole,
} from './read-members.js';

const START: { readonly [Name in keyof RunStart]-?: RequestMember } = {
  runId: {
    what: 'a text without "/"',
    fits: (value) => filledText.fits(value) && !String(value).includes('/'),
  },
  revision: filledText,
  flow: orAbsent(filledText),
  inputs: orAbsent(safeRecord),
  options: orAbsent(safeRecord),
  connection: orAbsent(filledText),
  metadata: orAbsent(safeRecord),
  limits: orAbsent({
    what: 'an object of numbers',
    fits: (value) => isPlainObject(value) && Object.values(value).every(isFiniteLimit),
  }),
};

/**
 * A start as a runtime keeps it.
 *
 * @throws FlowdeckError `invalid-request`, which names the member.
 */
export function readStart(given: unknown): RunStart {
  const whole: Whole = {
    name: 'start of the run',
    at: '',
    hint: 'A run is started with runId, revision and JSON: write a date as its text, and leave out what is not set.',
  };
  // A member that is not set is left out, and so it is in JSON.
  for (const [name, value] of Object.entries(readMembers(given, START, whole)))
    if (value !== undefined) assertJsonData(value, whole, `/${name}`);
  return given as RunStart; // every member has been looked at
}

/**
 * A start that a client hands to its runtime.
 *
 * @throws FlowdeckError `invalid-request`; LimitError `recordBytes` when no runtime would remember it.
 * @example
 * const { runId, ...run } = startToSend(given);
 */
export function startToSend(given: RunStart): RunStart {
  const start = readStart(given);
  return withinRecord(start, DEFAULT_LIMITS, { what: 'What the run starts with', at: { run: start.runId } });
}

/** The value of a signal that a client hands to its runtime. Throws as `startToSend`. */
export function signalToSend(runId: string, name: string, value: JsonData): JsonData {
  const hint = 'A signal has a name, and a value that is JSON: encodeValue makes it from a date, a file or bytes.';
  const whole: Whole = { name: `signal ${JSON.stringify(name)}`, at: '', hint };
  if (!filledText.fits(name)) throw faulty('/name', filledText.what, { ...whole, name: 'signal' });
  assertJsonData(value, whole, '/value');
  return withinRecord(value, DEFAULT_LIMITS, { what: `The signal "${name}"`, at: { run: runId } });
}

/** What JSON would change, such as a date or NaN, would be another value in the next life. */
function assertJsonData(given: unknown, whole: Whole, below: string): void {
  walk(given, whole, { below, depth: 0 }, new Map());
}

interface Depth {
  /** JSON pointer. */
  readonly below: string;
  readonly depth: number;
}

/** `seen`: lists and objects by whether they hold what is being looked at; each is looked at once. */
function walk(given: unknown, whole: Whole, { below, depth }: Depth, seen: Map<object, boolean>): void {
  if (given === null || typeof given === 'string' || typeof given === 'boolean' || Number.isFinite(given)) return;
  if (!Array.isArray(given) && !isPlainObject(given)) throw faulty(below, 'JSON', whole);
  const holds = seen.get(given);
  if (holds === false) return;
  if (holds === true) throw faulty(below.slice(0, MOST_PLACE), 'JSON, and not hold itself', whole);
  if (depth > MAX_DEPTH) throw faulty(below.slice(0, MOST_PLACE), `nested ${MAX_DEPTH} levels at most`, whole);
  seen.set(given, true);
  for (const [key, value] of Object.entries(given))
    walk(value, whole, { below: `${below}/${key}`, depth: depth + 1 }, seen);
  seen.set(given, false);
}

/** Of a place that is nested deep so many characters are told. */
const MOST_PLACE = 100;
