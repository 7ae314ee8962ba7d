/** What simulated cards answer: fixtures by connector, card and inputs. */
import { type Diagnostic, DocumentError, type Value } from '@flowdeck/engine';
import { Findings } from '../findings.js';
import { brief, isObject, type JsonObject, Spot, sameJson } from '../json.js';

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

/**
 * Checks a fixtures file: `{ "fixtures": [...] }`.
 *
 * @throws DocumentError `fixture-invalid`, with every fault.
 */
export function readFixtures(source: unknown): readonly Fixture[] {
  const found = new Findings();
  const root = new Spot();
  const list = isObject(source) ? source['fixtures'] : undefined;
  if (!Array.isArray(list)) fault(found, root, 'A fixtures file is an object with a list "fixtures".');
  const fixtures = (Array.isArray(list) ? (list as readonly unknown[]) : []).flatMap((entry, index): Fixture[] =>
    checkFixture(entry, root.at('fixtures', index), found),
  );
  if (found.failed) throw new DocumentError(found.diagnostics satisfies readonly Diagnostic[]);
  return fixtures;
}

function checkFixture(entry: unknown, spot: Spot, found: Findings): Fixture[] {
  if (!isObject(entry)) return fault(found, spot, `A fixture is an object, not ${brief(entry)}.`);
  const before = found.diagnostics.length;
  for (const key of Object.keys(entry)) {
    if (!MEMBERS.includes(key)) fault(found, spot.at(key), `A fixture has no member "${key}".`);
  }
  if (typeof entry['connector'] !== 'string') fault(found, spot.at('connector'), 'Name the connector.');
  if (entry['card'] !== undefined && typeof entry['card'] !== 'string') fault(found, spot.at('card'), 'Name the card.');
  for (const part of ['when', 'outputs', 'error']) {
    if (entry[part] !== undefined && !isObject(entry[part])) fault(found, spot.at(part), `"${part}" is an object.`);
  }
  const { error } = entry;
  if (isObject(error) && typeof error['message'] !== 'string')
    fault(found, spot.at('error', 'message'), 'Say what fails.');
  // Every member was checked above; what stands in them comes from JSON.
  return found.diagnostics.length > before ? [] : [entry as unknown as Fixture];
}

function fault(found: Findings, spot: Spot, message: string): [] {
  found.add('error', 'fixture-invalid', spot, message, `Members: ${MEMBERS.join(', ')}.`);
  return [];
}

/** The first fixture that fits. */
export function fixtureFor(
  fixtures: readonly Fixture[],
  connector: string,
  card: string,
  inputs: JsonObject,
): Fixture | null {
  return fixtures.find((fixture) => fits(fixture, connector, card, inputs)) ?? null;
}

function fits(fixture: Fixture, connector: string, card: string, inputs: JsonObject): boolean {
  if (fixture.connector !== connector) return false;
  if (fixture.card !== undefined && fixture.card.toLowerCase() !== card.toLowerCase()) return false;
  return Object.entries(fixture.when ?? {}).every(([name, wanted]) => matches(wanted, inputs[name]));
}

function matches(wanted: unknown, given: unknown): boolean {
  if (typeof wanted !== 'string' || typeof given !== 'string' || !wanted.includes('*')) {
    return sameJson(wanted, given instanceof Date ? given.toISOString() : (given ?? null));
  }
  const open = wanted.startsWith('*');
  const end = wanted.endsWith('*');
  const core = wanted.slice(open ? 1 : 0, end ? -1 : undefined);
  if (open && end) return given.includes(core);
  return open ? given.endsWith(core) : end ? given.startsWith(core) : given === wanted;
}
