/** Simulated runs: deterministic, governed by mocks, and told as a list of effects. */
import { standard } from '@flowdeck/cards';
import { type DeckDocument, PlanError } from '@flowdeck/engine';
import { type Mock, simulate } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { importFlopack } from './index.js';
import { endpoint, event } from './testing/samples.js';

const { cards = [] } = standard;

function welcome(mocks: readonly Mock[] = [], seed = '') {
  const { document } = importFlopack(event(), { cards });
  if (!document) throw new Error('The sample was not imported.');
  return simulate(document, { packs: [standard], mocks, seed });
}

const INPUTS = { 'Output/User ID': 'u1' };

test('cards of connectors give plausible values, and are listed with what they got and gave', async () => {
  const { effects, status } = await welcome().run({ inputs: INPUTS });
  assert.is(status, 'success');
  const [read] = effects;
  assert.is(effects.length, 1);
  assert.equal(
    [read?.connector, read?.action, read?.flow, read?.card, read?.inputs],
    ['okta', 'readUser', 'welcome', 'readUser', { 'User/ID': 'u1' }],
  );
  assert.match(String(read?.outputs?.['User/Email']), /@example\.com$/);
  assert.match(String(read?.outputs?.['User/Created']), /^20\d\d-\d\d-\d\dT/);
});

test('the same seed gives the same run, another seed another one', async () => {
  const first = await welcome([], 'a').run();
  const again = await welcome([], 'a').run();
  assert.equal(again.effects, first.effects);
  const others = await Promise.all(['b', 'c', 'd', 'e'].map((seed) => welcome([], seed).run()));
  assert.ok(others.some((other) => JSON.stringify(other.effects) !== JSON.stringify(first.effects)));
});

test('a mock answers the calls that it fits; the first one counts', async () => {
  const mocks: readonly Mock[] = [
    { card: 'okta.readUser', in: { 'User/ID': 'u2' }, answer: { outputs: { 'User/Email': 'two@example.org' } } },
    {
      card: 'okta.readUser',
      in: { 'User/ID': { $match: '^u' } },
      answer: { outputs: { 'User/Email': 'any@example.org' } },
    },
  ];
  const email = async (id: string) => {
    const { effects } = await welcome(mocks).run({ inputs: { 'Output/User ID': id } });
    return effects[0]?.outputs?.['User/Email'];
  };
  assert.is(await email('u2'), 'two@example.org');
  assert.is(await email('u1'), 'any@example.org');
  assert.match(String(await email('x')), /@example\.com$/);
});

test('a mock may fail, as the service would', async () => {
  const mocks: readonly Mock[] = [{ card: 'okta.*', answer: { error: { message: 'Not found', statusCode: 404 } } }];
  const { status, error, effects } = await welcome(mocks).run({ inputs: INPUTS });
  assert.is(status, 'error');
  assert.equal([error?.code, error?.statusCode, error?.message], ['http-status', 404, 'Not found']);
  assert.equal(effects[0]?.error, { message: 'Not found', code: 'http-status', statusCode: 404, body: null });
});

test('tables begin with the given rows, anew in every run', async () => {
  const { document } = importFlopack(event(), { cards });
  if (!document) throw new Error('The sample was not imported.');
  const mocks: readonly Mock[] = [{ card: 'okta.*', answer: { outputs: { 'User/Email': 'known@example.org' } } }];
  const rows = { knownUsers: [{ mail: 'known@example.org' }] };
  const simulation = simulate(document, { packs: [standard], mocks, rows });
  for (let turn = 0; turn < 2; turn++) {
    const { status, outputs } = await simulation.run({ inputs: INPUTS });
    assert.is(status, 'stopped', 'the flow goes on only for unknown users');
    assert.equal(outputs, { message: 'known' });
  }
});

test('a streaming card hands records and its state to the helper', async () => {
  const source = endpoint();
  const { document } = importFlopack(source, { cards });
  if (!document) throw new Error('The sample was not imported.');
  const seen: unknown[] = [];
  const helper = {
    ...document.flows[1],
    id: 'perRecord',
    type: 'helper',
    cards: [{ card: 'probe.see', in: { record: { from: '/inputs/Record' }, state: { from: '/inputs/State' } } }],
  } as const;
  const edited: DeckDocument = {
    ...document,
    flows: document.flows.map((flow) => (flow.id === 'perRecord' ? helper : flow)),
  };
  const { effects } = await simulate(edited, { packs: [standard] }).run({
    flow: 'endpoint',
    inputs: { 'raw/body': '{}' },
  });
  for (const effect of effects) if (effect.connector === 'probe') seen.push(Object.keys(effect.inputs));
  const search = effects.find(({ records }) => records !== undefined);
  assert.equal(
    seen,
    search?.records?.map(() => ['record', 'state']),
  );
  assert.is(search?.outputs?.['Result/Records Streamed'], seen.length);
});

test('waiting takes no time, and requests go nowhere', async () => {
  const document: DeckDocument = {
    flowdeck: 1,
    flows: [
      {
        id: 'slow',
        type: 'manual',
        cards: [
          { card: 'control.waitFor', in: { delay: 30, unit: 'day' } },
          { id: 'get', card: 'http.get', in: { url: 'https://example.com/status' } },
          { card: 'flow.return', in: { up: { from: '/get/body/up' } } },
        ],
      },
    ],
  };
  const mocks: readonly Mock[] = [
    { http: { method: 'GET', url: { $match: '^https://example.com/' } }, answer: { json: { up: true } } },
  ];
  const { outputs, effects, durationMs } = await simulate(document, { packs: [standard], mocks }).run();
  assert.equal(outputs, { up: true });
  assert.is(effects[0]?.action, 'GET');
  assert.ok(durationMs >= 30 * 86_400_000, 'the clock of the run went on');
});

test('a document that cannot be compiled is refused as the engine would', () => {
  const document: DeckDocument = {
    flowdeck: 1,
    flows: [{ id: 'f', type: 'manual', cards: [{ card: 'text.trim', in: { text: { from: '/nowhere/output' } } }] }],
  };
  assert.throws(
    () => simulate(document, { packs: [standard] }),
    (error: unknown) => error instanceof PlanError && error.code === 'unresolved-reference',
  );
});

test('a run can be watched and cancelled', async () => {
  const { document } = importFlopack(event(), { cards });
  if (!document) throw new Error('The sample was not imported.');
  const simulation = simulate(document, { packs: [standard] });
  const seen: string[] = [];
  await simulation.run({ inputs: INPUTS, onEvent: (each) => seen.push(each.type) });
  assert.ok(seen.includes('card') && seen.includes('execution'), seen.join());
  const { status } = await simulation.run({ inputs: INPUTS, signal: AbortSignal.abort() });
  assert.is(status, 'cancelled');
});

test.run();
