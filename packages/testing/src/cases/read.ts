/** Reads a file of cases, and refuses one that could pass by mistake. */
import { FlowdeckError } from '@flowdeck/engine';
import { isPlainObject } from '@flowdeck/engine/kit';
import type { TestingCode } from '../codes.js';
import type { Case, Suite } from './types.js';

const SUITE_KEYS = ['$schema', 'suite', 'packs', 'cases'];
const PROGRAMS = ['card', 'flow', 'deck', 'document', 'connector'];
const CASE_KEYS = [
  ...['id', 'proves', 'source', 'skip', 'in', 'outputs', 'run', 'inputs', 'options', 'connection', 'connections'],
  ...['limits', 'clock', 'signals', 'cancelOn', 'http', 'service', 'expect', ...PROGRAMS],
];
const EXPECT_KEYS = [
  ...[
    'status',
    'outputs',
    'value',
    'error',
    'answer',
    'children',
    'ignored',
    'tables',
    'diagnostics',
    'events',
    'ran',
    'requests',
  ],
  ...['waits', 'durationMs', 'steps', 'hides'],
];

/** What a family of cases asks for beyond the format. */
export interface CaseProfile {
  /** Members that every case has, as text that is not empty: `proves` and `source` for conformance. */
  readonly required?: readonly (keyof Case)[];
}

type Fail = (pointer: string, message: string) => never;

/**
 * Checks what the runner relies on. A misspelt member would not be checked, so an unknown one is refused; the JSON
 * Schema says the rest to editors.
 *
 * @throws FlowdeckError `case-invalid`, with the file and a JSON Pointer to the first fault.
 */
export function readSuite(source: unknown, file: string, profile: CaseProfile = {}): Suite {
  const fail: Fail = (pointer, message) => {
    throw new FlowdeckError<TestingCode>('case-invalid', `${file}: ${message}`, {
      at: { file, pointer },
      hint: 'Link schema/case-1.json as "$schema" and let the editor show what is allowed.',
    });
  };
  if (!isPlainObject(source)) return fail('', 'a file of cases is a JSON object.');
  unknownKey(source, SUITE_KEYS, '', fail);
  if (typeof source['suite'] !== 'string' || source['suite'] === '') return fail('/suite', 'the suite has no name.');
  const { cases, packs = [] } = source;
  if (!Array.isArray(packs) || packs.some((pack) => typeof pack !== 'string')) fail('/packs', 'packs are namespaces.');
  if (!Array.isArray(cases) || cases.length === 0) return fail('/cases', 'there are no cases.');
  const ids = new Set<unknown>();
  for (const [index, entry] of cases.entries()) {
    const pointer = `/cases/${index}`;
    checkCase(entry, pointer, ['id', ...(profile.required ?? [])], fail);
    const { id } = entry as unknown as Case; // checkCase has seen it
    if (ids.has(id)) fail(`${pointer}/id`, `"${id}" is the id of an earlier case, too.`);
    ids.add(id);
  }
  return source as unknown as Suite; // checked as far as the runner relies on it
}

function checkCase(entry: unknown, pointer: string, required: readonly string[], fail: Fail): void {
  if (!isPlainObject(entry)) throw fail(pointer, 'a case is an object.');
  unknownKey(entry, CASE_KEYS, pointer, fail);
  for (const key of required) {
    if (typeof entry[key] !== 'string' || entry[key] === '') fail(`${pointer}/${key}`, `a case has "${key}".`);
  }
  const programs = PROGRAMS.filter((key) => Object.hasOwn(entry, key));
  if (programs.length !== 1) fail(pointer, `a case has exactly one of ${PROGRAMS.join(', ')}.`);
  if (entry['in'] !== undefined && entry['card'] === undefined) fail(`${pointer}/in`, '"in" belongs to "card".');
  const { expect } = entry;
  if (!isPlainObject(expect)) throw fail(`${pointer}/expect`, 'a case says what it expects.');
  unknownKey(expect, EXPECT_KEYS, `${pointer}/expect`, fail);
  if (Object.keys(expect).length === 0) fail(`${pointer}/expect`, 'a case that expects nothing proves nothing.');
  const timed = expect['waits'] !== undefined || expect['durationMs'] !== undefined;
  if (timed && entry['clock'] === undefined) fail(`${pointer}/clock`, 'waits and durations need a clock.');
  const { service } = entry;
  if (service !== undefined && !isService(service))
    fail(`${pointer}/service`, 'a service is { name: {...} } or { exchanges }.');
  if (expect['requests'] !== undefined && service === undefined) {
    fail(`${pointer}/service`, 'only a service sees requests.');
  }
}

function isService(service: unknown): boolean {
  if (!isPlainObject(service)) return false;
  if (Array.isArray(service['exchanges'])) return true;
  const setups = Object.values(service);
  return setups.length === 1 && setups.every(isPlainObject);
}

function unknownKey(object: object, known: readonly string[], pointer: string, fail: Fail): void {
  const unknown = Object.keys(object).find((key) => !known.includes(key));
  if (unknown !== undefined) fail(`${pointer}/${unknown}`, `there is no member "${unknown}" here.`);
}
