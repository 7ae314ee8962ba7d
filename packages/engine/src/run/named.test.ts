/** Cards that ask for their inputs by name get them so, whatever their kind and however they are run. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Bindings, CardNode } from '../document/index.js';
import { type DataObject, defineCard, type Value } from '../index.js';
import { flow, from, testEngine } from '../testing/cards.js';

const X = { title: 'X', description: 'X.', outputs: [{ key: 'output', type: 'any' }] } as const;
const INPUTS = [
  { key: 'algorithm', type: 'text', required: true, default: 'HS256' },
  { key: 'expires in', type: 'number' },
  { key: 'flags', type: 'boolean', list: true },
  { group: 'key', key: 'id', type: 'text', secret: true },
] as const;

const pure = defineCard({
  ...X,
  id: 'x.pure',
  kind: 'pure',
  named: true,
  inputs: INPUTS,
  run: (inputs) => ({ output: { ...inputs } }),
});
const effect = defineCard({
  ...X,
  id: 'x.effect',
  kind: 'effect',
  named: true,
  inputs: INPUTS,
  extraInputs: { type: 'number', group: 'more' },
  seesOutputs: true,
  run: async ({ algorithm, 'expires in': expiresIn, flags, 'key/id': id }, extra, ctx, outputs) => {
    // Each has the type that is declared.
    const lower: string = algorithm.toLowerCase();
    const span: number | null = expiresIn;
    const first: boolean | null = flags[0] ?? null;
    const secret: string | null = id;
    return {
      output: { lower, span, first, secret, ...extra, card: ctx.cardId, outputs: outputs.map(({ key }) => key) },
    };
  },
});
const control = defineCard({
  ...X,
  id: 'x.control',
  kind: 'control',
  named: true,
  inputs: [{ key: 'count', type: 'number', required: true }],
  blocks: { body: { scope: 'inline' } },
  run: ({ count }, ctx) => (count > 1 ? ctx.return({ output: count }) : { output: -count }),
});
const none = defineCard({
  ...X,
  id: 'x.none',
  kind: 'control',
  named: true,
  inputs: [],
  run: (inputs) => ({ output: { ...inputs } }),
});

const engine = testEngine({ cards: [pure, effect, control, none] });

async function outputOf(card: string, given: Bindings, more: Partial<CardNode> = {}): Promise<Value> {
  const document = flow([
    { id: 'c', card, in: given, ...more },
    { card: 't.return', in: { output: from('/c/output') } },
  ]);
  const { outputs, error } = await engine.run(engine.load(document));
  assert.is(error, null);
  return outputs?.['output'] ?? null;
}

test('a pure card gets a record of all inputs, those that nobody gave too', async () => {
  assert.equal(await outputOf('x.pure', { 'expires in': '5', 'key/id': 'k' }), {
    algorithm: 'HS256',
    'expires in': 5,
    flags: [],
    'key/id': 'k',
  });
});

test('extra inputs, context and outputs follow the record', async () => {
  assert.equal(
    await outputOf('x.effect', { algorithm: 'RS256', flags: { value: [true] }, 'key/id': 'k', 'more/n': 7 }),
    {
      lower: 'rs256',
      span: null,
      first: true,
      secret: 'k',
      n: 7,
      card: 'c',
      outputs: ['output'],
    },
  );
});

test('a control card gets the record with and without an error policy, and leaves', async () => {
  assert.is(await outputOf('x.control', { count: 1 }), -1);
  assert.is(await outputOf('x.control', { count: 1 }, { onError: { then: 'return', values: {} } }), -1);
  assert.is(await outputOf('x.control', { count: 2 }), 2);
  assert.equal(await outputOf('x.none', {}), {});
});

test('inputs that have to be waited for are in the record too', async () => {
  const given = {
    algorithm: { expr: '$uppercase($string("rs") & "256")' },
    'expires in': { expr: '$sum([1, 2].($ + 1))' },
  };
  const output = await outputOf('x.pure', given);
  assert.equal(output, { algorithm: 'RS256', 'expires in': 5, flags: [], 'key/id': null });
});

test('events show the inputs by name, and their secrets not at all', async () => {
  const seen: (DataObject | null)[] = [];
  const cards = [{ id: 'c', card: 'x.pure', in: { algorithm: 'none', 'key/id': 'hunter2-hunter2' } }];
  const off = engine.on('card', (event) => {
    if (event.phase === 'ended') seen.push(event.inputs, event.outputs);
  });
  await engine.run(engine.load(flow(cards)));
  off();
  assert.is(seen.length, 2);
  assert.is(JSON.stringify(seen).includes('hunter2'), false);
  assert.is(seen[0]?.['algorithm'], 'none');
});

test('the types follow: what is not declared does not compile', () => {
  const wrong = defineCard({
    ...X,
    id: 'x.wrong',
    kind: 'pure',
    named: true,
    inputs: INPUTS,
    // @ts-expect-error There is no such input.
    run: ({ algorithms }) => ({ output: algorithms }),
  });
  const places = defineCard({
    ...X,
    id: 'x.places',
    kind: 'pure',
    inputs: INPUTS,
    // @ts-expect-error Without "named", the first argument is the first input.
    run: ({ algorithm }) => ({ output: algorithm }),
  });
  // The compiler has judged them; what it could not see still is a card.
  assert.equal([wrong.named, places.named], [true, undefined]);
});

test.run();
