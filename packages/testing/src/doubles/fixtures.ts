/** What simulated cards answer: fixtures by connector, card and inputs. */
import { type Diagnostic, DocumentError, type Value } from '@flowdeck/engine';
import { deepEqual, formatPointer, isPlainObject } from '@flowdeck/engine/kit';
import type { TestingCode } from '../codes.js';
import type { PlainRecord } from './effects.js';

export interface Fixture {
  /** Such as `okta`; `http` for the HTTP cards. */
  readonly connector: string;
  /** Such as `readUser`. For `http`: the method. Without it, every card of the connector. */
  readonly card?: string;
  /** Inputs that must be equal, by name; for `http`: `url`. Without it, all calls. A text may begin or end with `*`. */
  readonly when?: Readonly<Record<string, unknown>>;
  /** Outputs by name; those not named are plausible. For `http`: `statusCode`, `headers`, `body`. */
  readonly outputs?: Readonly<Record<string, Value>>;
  /** Fails instead. */
  readonly error?: { readonly message: string; readonly statusCode?: number; readonly body?: Value };
}

export interface FixtureFile {
  readonly fixtures: readonly Fixture[];
}

const MEMBERS = ['connector', 'card', 'when', 'outputs', 'error'];

/** What is wrong with a fixture, and where in it. */
type Fault = readonly [tokens: readonly string[], message: string];

/**
 * Checks a fixtures file: `{ "fixtures": [...] }`.
 *
 * @throws DocumentError `fixture-invalid`, with every fault.
 */
export function readFixtures(source: unknown): readonly Fixture[] {
  const list = isPlainObject(source) ? source['fixtures'] : undefined;
  if (!Array.isArray(list)) {
    throw new DocumentError([invalidFixture([], 'A fixtures file is an object with a list "fixtures".')]);
  }
  const diagnostics = list.flatMap((entry: unknown, index) =>
    faultsOf(entry).map(([tokens, message]) => invalidFixture(['fixtures', String(index), ...tokens], message)),
  );
  if (diagnostics.length > 0) throw new DocumentError(diagnostics);
  // Every member was checked above; what stands in them comes from JSON.
  return list as readonly Fixture[];
}

function faultsOf(entry: unknown): Fault[] {
  if (!isPlainObject(entry)) return [[[], `A fixture is an object, not ${brief(entry)}.`]];
  const faults: Fault[] = Object.keys(entry)
    .filter((key) => !MEMBERS.includes(key))
    .map((key) => [[key], `A fixture has no member "${key}".`]);
  if (typeof entry['connector'] !== 'string') faults.push([['connector'], 'Name the connector.']);
  if (entry['card'] !== undefined && typeof entry['card'] !== 'string') faults.push([['card'], 'Name the card.']);
  for (const part of ['when', 'outputs', 'error']) {
    if (entry[part] !== undefined && !isPlainObject(entry[part])) faults.push([[part], `"${part}" is an object.`]);
  }
  const { error } = entry;
  if (isPlainObject(error) && typeof error['message'] !== 'string') {
    faults.push([['error', 'message'], 'Say what fails.']);
  }
  return faults;
}

function invalidFixture(tokens: readonly string[], message: string): Diagnostic<TestingCode> {
  const hint = `Members: ${MEMBERS.join(', ')}.`;
  return { severity: 'error', code: 'fixture-invalid', message, pointer: formatPointer(tokens), hint };
}

function brief(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** The first fixture that fits. */
export function fixtureFor(
  fixtures: readonly Fixture[],
  connector: string,
  card: string,
  inputs: PlainRecord,
): Fixture | null {
  return fixtures.find((fixture) => fits(fixture, connector, card, inputs)) ?? null;
}

function fits(fixture: Fixture, connector: string, card: string, inputs: PlainRecord): boolean {
  if (fixture.connector !== connector) return false;
  if (fixture.card !== undefined && fixture.card.toLowerCase() !== card.toLowerCase()) return false;
  return Object.entries(fixture.when ?? {}).every(([name, wanted]) => givenAsWanted(wanted, inputs[name]));
}

function givenAsWanted(wanted: unknown, given: unknown): boolean {
  if (typeof wanted !== 'string' || typeof given !== 'string' || !wanted.includes('*')) {
    // Both come from JSON, or from values made into it.
    return deepEqual(
      (wanted ?? null) as Value,
      (given instanceof Date ? given.toISOString() : (given ?? null)) as Value,
    );
  }
  const open = wanted.startsWith('*');
  const end = wanted.endsWith('*');
  const core = wanted.slice(open ? 1 : 0, end ? -1 : undefined);
  if (open && end) return given.includes(core);
  return open ? given.endsWith(core) : end ? given.startsWith(core) : given === wanted;
}
