/** Flowdeck passes its own suite, and the suite leaves nothing out. */
import { readdirSync, readFileSync } from 'node:fs';
import { standard } from '@flowdeck/cards';
import { twilio } from '@flowdeck/connector-twilio';
import { createEngine } from '@flowdeck/engine';
import type { Case, Suite } from '@flowdeck/testing';
import { Ajv } from 'ajv';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { conformance } from './pack/conformance.js';
import { cardsOf } from './pack/shown.js';
import { loadSuites } from './suites.js';

const root = new URL('../', import.meta.url);
const suites = loadSuites('builtin');
const cases: readonly Case[] = suites.flatMap((suite) => suite.cases);
const engine = createEngine({ packs: [standard, twilio] });

// Apart, since every run has an engine of its own, and each would compile the connector.
const needy = (suite: Suite) => (suite.packs ?? []).length > 0;
conformance({ packs: [standard], cases: suites.filter((suite) => !needy(suite)), test });
conformance({ packs: [twilio], cases: suites.filter(needy), test });

test('every file of cases follows the schema', () => {
  const formats = { 'date-time': (text: string) => !Number.isNaN(Date.parse(text)) };
  const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false, strictRequired: false, formats });
  const read = (path: string) => JSON.parse(readFileSync(new URL(path, root), 'utf8'));
  const { $id, ...base } = read('../testing/schema/test-1.json');
  assert.ok($id);
  // The profile links the base by its place beside it, as an editor finds it.
  ajv.addSchema(base, 'file:/testing/schema/test-1.json');
  const validate = ajv.compile({ ...read('schema/case-1.json'), $id: 'file:/conformance/schema/case-1.json' });
  const files = readdirSync(new URL('cases/', root), { recursive: true, encoding: 'utf8' });
  const names = files.filter((name) => name.endsWith('.json'));
  assert.is(names.length, suites.length);
  for (const name of names) {
    const suite: Suite = JSON.parse(readFileSync(new URL(`cases/${name}`, root), 'utf8'));
    assert.ok(validate(suite), `${name}: ${ajv.errorsText(validate.errors)}`);
    assert.is(`${suite.suite}.json`, name, 'a suite is named after its file');
    assert.ok(new URL(suite.$schema ?? '', new URL(`cases/${name}`, root)).pathname.endsWith('/schema/case-1.json'));
  }
});

/** Cases and cards by module, for whoever reads the log. */
function countModules(): string {
  const cards = new Map<string, number>();
  for (const { card } of engine.cards) cards.set(moduleOf(card.id), (cards.get(moduleOf(card.id)) ?? 0) + 1);
  const shown = new Map<string, number>();
  for (const entry of cases) {
    for (const name of new Set([...cardsOf(entry)].map(moduleOf))) shown.set(name, (shown.get(name) ?? 0) + 1);
  }
  return [...cards].map(([name, count]) => `${name} ${count} cards in ${shown.get(name) ?? 0} cases`).join(', ');
}

console.log(`COUNT: ${cases.length} cases: ${countModules()}.`);

test('every registered card has a case', () => {
  const shown = new Set(cases.flatMap((entry) => [...cardsOf(entry)]));
  const without = engine.cards.map(({ card }) => card.id).filter((id) => !shown.has(id));
  assert.equal(without, []);
});

/** Codes that no case can provoke in reasonable time, or at all, each with the reason. */
const NO_CASE: Readonly<Record<string, string>> = {
  'expression timeout': 'Depends on the speed of the machine: the case "endless" accepts it beside "limit".',
  'url limit': 'Takes a query of more than 16 million characters.',
  'files limit': 'Takes a file larger than the store of the host.',
  'files file-missing': 'Takes a store that lost a file.',
  'tables file-missing': 'Takes a store that lost a file.',
};

test('every error code that a card documents has a case in its module', () => {
  const shown = new Set(
    cases.flatMap((entry) =>
      [...cardsOf(entry)].map((id) => `${moduleOf(id)} ${String(entry.expect.error?.['code'])}`),
    ),
  );
  const documented = engine.cards.flatMap(({ card }) =>
    Object.keys(card.errors ?? {}).map((code) => `${moduleOf(card.id)} ${code}`),
  );
  const without = [...new Set(documented)].filter((each) => !shown.has(each) && !Object.hasOwn(NO_CASE, each));
  assert.equal(without, []);
});

test('every type of flow has a case', () => {
  const types = new Set(cases.flatMap((entry) => typesIn(entry)));
  const schema = JSON.parse(readFileSync(new URL('../engine/schema/flow-1.json', root), 'utf8'));
  const known: readonly string[] = schema.definitions.flowType.enum;
  // Action and authping flows belong to a connector: their cases run those of a real one.
  const without = known.filter((type) => !types.has(type) && type !== 'action' && type !== 'authping');
  assert.equal(without, []);
  assert.ok(suites.some((suite) => suite.suite === 'flow-types/action'));
  assert.ok(suites.some((suite) => suite.suite === 'flow-types/authping'));
});

test('no case is skipped', () => {
  assert.equal(
    cases.filter((entry) => entry.skip !== undefined).map((entry) => entry.id),
    [],
  );
});

function moduleOf(id: string): string {
  return id.split('.', 1)[0] ?? '';
}

/** A flow of a case is manual unless it says otherwise, and one of a deck, a host or a connector a helper. */
function typesIn({ flow, deck, flows: served = [], connectors = [] }: Case): string[] {
  if (flow !== undefined) return [typeof flow['type'] === 'string' ? flow['type'] : 'manual'];
  const listed = [deck, ...connectors].flatMap((each) => (Array.isArray(each?.['flows']) ? each['flows'] : []));
  return [...listed, ...served].map((each: { readonly type?: string }) => each.type ?? 'helper');
}

test.run();
