/** What is promised of first tests: they take both ways of a flow, let its calls fail, find rows, and pin what the author wrote. */
import { standard } from '@flowdeck/cards';
import type { FlowFile } from '@flowdeck/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { doubles, type FirstTests, firstTests, readSuite, runCase } from '../index.js';

function deckOf(cards: readonly object[], more: object = {}): FlowFile {
  // Written by hand, as a file would hold it.
  return {
    flowdeck: 1,
    flows: [{ id: 'main', type: 'helper', cards, ...more }],
    tables: TABLES,
  } as unknown as FlowFile;
}

const TABLES = [
  {
    id: 'users',
    name: 'Users',
    columns: [
      { key: 'mail', type: 'text' },
      { key: 'kind', type: 'text' },
    ],
  },
];
const BY_KIND = {
  id: 'choose',
  card: 'control.ifElse',
  in: { left: { from: '/inputs/kind' }, operator: '==', right: 'a very rare kind' },
  blocks: {
    then: { cards: [{ card: 'flow.return', in: { said: 'rare' } }] },
    else: { cards: [{ card: 'flow.return', in: { said: 'usual' } }] },
  },
};
const KIND = { inputs: [{ key: 'kind', type: 'text' }], outputs: [{ key: 'said', type: 'text' }] };

const written = (deck: FlowFile) => firstTests(deck, { packs: [standard], subject: 'deck.flow.json' });

/** Which of the tests fail on another deck. */
async function failing({ file }: FirstTests, document: FlowFile): Promise<readonly string[]> {
  const suite = readSuite(file, 'first.test.json');
  const adapter = doubles({ packs: [standard] });
  const results = await Promise.all(
    suite.cases.map((entry) => runCase(suite, entry, adapter, { subjects: { document: () => document } })),
  );
  return results.filter(({ status }) => status === 'failed').map(({ id }) => id);
}

function withText(deck: FlowFile, from: string, to: string): FlowFile {
  // The same shape with another text.
  return JSON.parse(JSON.stringify(deck).replace(from, to)) as FlowFile;
}

test('both ways of a comparison have a test, and each literal is held by one', async () => {
  const deck = deckOf([BY_KIND], KIND);
  const tests = await written(deck);
  assert.equal(
    tests.file.cases.map((each) => ('id' in each ? each.id : '')),
    ['main', 'main, way 2'],
  );
  assert.equal(await failing(tests, deck), []);
  for (const literal of ['rare"', 'usual"', 'a very rare kind']) {
    assert.is.not((await failing(tests, withText(deck, literal, `x${literal}`))).length, 0, literal);
  }
});

test('a call in a block for errors is refused once, and what is done then is held', async () => {
  const caught = { card: 'flow.return', in: { said: 'it was refused' } };
  const deck = deckOf(
    [
      {
        id: 'attempt',
        card: 'error.ifError',
        blocks: {
          try: {
            cards: [
              { id: 'ask', card: 'crm.read', in: {} },
              { card: 'flow.return', in: { said: 'it went' } },
            ],
          },
          catch: { cards: [caught] },
        },
        outputs: [{ key: 'said', type: 'text' }],
      },
      { card: 'flow.return', in: { said: { from: '/attempt/said' } } },
    ],
    KIND,
  );
  const tests = await written(deck);
  assert.equal(await failing(tests, withText(deck, 'it was refused', 'other')), ['main, way 2']);
});

test('a search finds a row in one test, and none in another', async () => {
  const deck = deckOf(
    [
      { id: 'find', card: 'tables.searchRows', in: { table: 'users', result: 'one' } },
      {
        id: 'any',
        card: 'control.ifElse',
        in: { left: { from: '/find/row id' }, operator: 'is empty' },
        blocks: {
          then: { cards: [{ card: 'flow.return', in: { said: 'nobody' } }] },
          else: { cards: [{ card: 'flow.return', in: { said: 'somebody' } }] },
        },
      },
    ],
    KIND,
  );
  const tests = await written(deck);
  const outputs = tests.flows.flatMap(({ runs }) => runs.map(({ observed }) => observed.outputs));
  assert.equal(outputs, [{ said: 'nobody' }, { said: 'somebody' }]);
});

test('a value that a flow asks for is there in one test, and not in another; the words of an early stop are held', async () => {
  const asking = deckOf(
    [
      {
        card: 'control.continueIf',
        in: { left: { from: '/inputs/kind' }, operator: 'is not empty', message: 'No kind.' },
      },
      { card: 'flow.return', in: { said: 'some kind' } },
    ],
    KIND,
  );
  const tests = await written(asking);
  assert.equal(
    tests.flows.flatMap(({ runs }) => runs.map(({ observed }) => observed.status)),
    ['success', 'stopped'],
  );
  assert.equal(await failing(tests, asking), []);
  for (const words of ['No kind.', 'some kind']) {
    assert.is((await failing(tests, withText(asking, words, `${words}!`))).length, 1, words);
  }
});

test('the words of an error that the author wrote are held; one that only made-up values lead to is told', async () => {
  const returned = deckOf([{ card: 'flow.returnError', in: { message: 'No such user' } }]);
  const tests = await written(returned);
  assert.equal(
    tests.flows.map(({ outcome, why }) => [outcome, why]),
    [['error', 'No such user']],
  );
  assert.is((await failing(tests, withText(returned, 'No such', 'No'))).length, 1);
});

test('options are given as options', async () => {
  const more = { type: 'action', options: [{ key: 'Kind', type: 'text', choices: ['a', 'b'] }], ...KIND };
  const { file, flows } = await written(deckOf([BY_KIND], more));
  assert.equal(
    flows.map(({ outcome }) => outcome),
    ['written'],
  );
  const [first] = file.cases as readonly { readonly options?: object; readonly inputs?: object }[]; // as a file of cases holds them
  assert.equal([Object.keys(first?.options ?? {}), Object.keys(first?.inputs ?? {})], [['Kind'], ['kind']]);
});

test('twice the same, to the byte', async () => {
  const deck = deckOf([BY_KIND], KIND);
  const [first, second] = [await written(deck), await written(deck)];
  assert.is(JSON.stringify(first.file), JSON.stringify(second.file));
});

test.run();
