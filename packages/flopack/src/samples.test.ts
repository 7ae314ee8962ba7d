/** Every structure of the format: read, imported as a person would write it, run, written back. */

import { standard } from '@flowdeck/cards';
import { createEngine, type DeckDocument } from '@flowdeck/engine';
import { type CardNode, isDeck } from '@flowdeck/engine/kit';
import { simulate } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { checkFlopack, exportFlopack, type Inspection, importFlopack, inspectDocument } from './index.js';
import { sameJson } from './json.js';
import { blocks, calls, endpoint, event, helper, lanes, SAMPLES, unknown } from './testing/samples.js';

const { cards = [] } = standard;
const KNOWN = new Set(cards.map((card) => card.id));

function imported(source: unknown): DeckDocument {
  const { document, diagnostics } = importFlopack(JSON.stringify(source), { cards });
  assert.equal(
    diagnostics.filter(({ severity }) => severity === 'error'),
    [],
  );
  if (document === null || !isDeck(document)) throw new Error('The sample was not imported.');
  return document;
}

const cardsOf = (document: DeckDocument, flow = 0): readonly CardNode[] => document.flows[flow]?.cards ?? [];
const inOf = (node: CardNode | undefined) => ({ ...node?.in });

test('every sample obeys every rule, runs, and comes back as it was', async () => {
  for (const [name, make] of Object.entries(SAMPLES)) {
    const original = make();
    assert.equal(
      checkFlopack(original).filter(({ severity }) => severity === 'error'),
      [],
      name,
    );
    const document: DeckDocument = JSON.parse(JSON.stringify(imported(original)));
    const { flopack, rewritten } = exportFlopack(document, { cards });
    assert.ok(sameJson(flopack, original), `${name} comes back`);
    assert.equal(rewritten, [], name);
    const simulation = simulate(document, { packs: [standard] });
    for (const flow of document.flows) {
      const { status } = await simulation.run({ flow: flow.id });
      assert.ok(['success', 'stopped'].includes(status), `${name}: ${flow.id} ended with ${status}`);
    }
  }
});

test('every wire of the samples arrives', () => {
  for (const [name, make] of Object.entries(SAMPLES)) {
    const { pins } = importFlopack(make(), { cards });
    assert.is(pins.arrived, pins.total, name);
  }
});

test('expands, orderings and templates become references in order', () => {
  const document = imported(helper());
  assert.equal(document.flows[0]?.id, 'greetUser');
  assert.equal(
    document.flows[0]?.inputs?.map((field) => field.key),
    ['user'],
  );
  assert.equal(
    cardsOf(document).map((card) => card.id),
    ['compose', 'return'],
  );
  assert.equal(inOf(cardsOf(document)[0]), {
    template: 'Dear {{{email}}}',
    email: { from: '/inputs/user/profile/email' },
  });
});

test('lanes become inline blocks, and a Join what they give', async () => {
  const document = imported(lanes());
  const [fork] = cardsOf(document);
  assert.equal(fork?.blocks?.['then']?.out, { label: { from: '/assign/size' } });
  assert.equal(fork?.blocks?.['else'], { cards: [], out: { label: 'small' } });
  const engine = createEngine({ packs: [standard] });
  const deck = engine.load(document);
  assert.equal((await engine.run(deck, { inputs: { amount: 500 } })).outputs, { label: 'big' });
  assert.equal((await engine.run(deck, { inputs: { amount: 5 } })).outputs, { label: 'small' });
});

test('blocks see through wormholes, in the order of the editor', async () => {
  const document = imported(blocks());
  const [guard] = cardsOf(document);
  const [branch] = guard?.blocks?.['try']?.cards ?? [];
  assert.equal(Object.keys(branch?.blocks ?? {}), ['if', 'elseIf', 'else']);
  assert.equal(branch?.blocks?.['if']?.in, { left: { from: '/inputs/name' }, operator: 'is not empty' });
  assert.equal(inOf(branch?.blocks?.['if']?.cards[0]), { out: { from: '/inputs/name' } });
  assert.equal(inOf(guard?.blocks?.['catch']?.cards[0]), { result: { from: '/error/message' } });
  const engine = createEngine({ packs: [standard] });
  const deck = engine.load(document);
  assert.equal((await engine.run(deck, { inputs: { name: 'Ada' } })).outputs, { result: 'Ada' });
  assert.equal((await engine.run(deck, { inputs: { name: '' } })).outputs, { result: 'none' });
});

test('calls hand on items and values, and policies keep their arguments', () => {
  const document = imported(calls());
  const flow = document.flows[0];
  assert.is(flow?.type, 'schedule');
  assert.equal(flow?.schedule, { cron: '*/15 * * * 1', timeZone: 'Europe/Vienna' });
  const [construct, map, call] = cardsOf(document);
  assert.equal(inOf(construct), { 'item 1': 'a', 'item 2': 'b' });
  assert.equal(inOf(map), {
    list: { from: '/construct/list' },
    flow: { flow: 'line' },
    concurrency: 5,
    mail: { item: '/e-mail' },
    topic: { from: '/context/execution_time' },
  });
  assert.equal(call?.onError, {
    retry: { times: 3, delay: [1000, 2000] },
    then: 'flow',
    flow: 'onError',
    values: { who: 'ops' },
  });
});

test('an event flow is unfolded, its table search has named values', async () => {
  const document = imported(event());
  const [flow] = document.flows;
  assert.is(flow?.type, 'event');
  assert.equal(flow?.meta, { trigger: { card: 'okta.userCreated', connection: 'My Okta' } });
  const [read, search] = cardsOf(document);
  assert.equal(read, {
    id: 'readUser',
    card: 'okta.readUser',
    connection: 'My Okta',
    in: { 'User/ID': { from: '/inputs/Output/User ID' } },
  });
  assert.equal(inOf(search), {
    table: 'knownUsers',
    where: { value: { expr: [{ lhs: 'mail', op: '=', join: 'AND', rhd: 'email' }] } },
    'values/email': { from: '/readUser/User/Email' },
  });
  assert.equal(document.tables?.[0]?.columns, [
    { key: 'mail', type: 'text' },
    { key: 'seen', type: 'date' },
  ]);
});

test('an event without a wrapper, and a built-in card that nobody knows', async () => {
  const document = imported(unknown());
  assert.equal(document.flows[0]?.meta, { trigger: { card: 'tracker.issueUpdated' } });
  const [made, end] = cardsOf(document);
  assert.equal(made, {
    id: 'somethingNew',
    card: 'list.somethingNew',
    in: { list: { value: [{ a: 'one' }] }, flo: { flow: 'perItem' }, x: { item: '/a' } },
  });
  assert.equal(inOf(end), { id: { from: '/inputs/Issue/ID' }, made: { from: '/somethingNew/result' } });
  assert.equal(Object.keys(inspectDocument(document, KNOWN).missing), ['list']);
});

test('what is called and not in the file is an empty flow, and said so', () => {
  const { document, diagnostics } = importFlopack(endpoint(), { cards });
  assert.ok(document && isDeck(document));
  assert.equal(
    diagnostics.map(({ code, severity, pointer }) => [code, severity, pointer]),
    [['flow-not-included', 'warning', '/data/flos/e1/data/methods/3/node/model/inputs/data/i_K_flo/value/data']],
  );
  const found: Inspection = inspectDocument(document, KNOWN);
  assert.equal(found.missingFlows, ['missingGone000']);
  assert.equal(found.missing, { okta: ['okta.searchUsers'] });
  assert.equal(found.flows[0]?.calls, ['perRecord', 'missingGone000']);
});

test('wires keep their conversions as types of the inputs that they lead to', async () => {
  const document = imported(endpoint());
  const [pick] = cardsOf(document);
  assert.equal(pick?.inputs, [{ key: 'object', type: 'object' }]);
  const simulation = simulate(document, { packs: [standard] });
  const result = await simulation.run({ flow: 'endpoint', inputs: { 'raw/body': '{"a":{"b":7}}' } });
  assert.is(result.answer?.body, '7');
  assert.equal(
    result.effects.map((effect) => effect.action),
    ['searchUsers'],
  );
});

test.run();
