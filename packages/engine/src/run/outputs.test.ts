/** What a run gives can be printed and sent: values that stand in many places count in each. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { defineCard } from '../cards/index.js';
import type { CardNode } from '../document/index.js';
import { RunError } from '../errors.js';
import type { FlowEvent } from '../observe/index.js';
import { deck, flow, from, helper, testEngine } from '../testing/cards.js';
import { jsonLength, type Value } from '../values/index.js';

/** An object of two that each are an object of two ...: `levels` objects that are a tree of 2^levels leaves. */
function pairs(levels: number): Value {
  let value: Value = 'x';
  for (let level = 0; level < levels; level++) value = { a: value, b: value };
  return value;
}

const X = { title: 'X', description: 'X.' };
const PAIRS = {
  ...X,
  inputs: [{ key: 'levels', type: 'number', required: true }],
  outputs: [{ key: 'output', type: 'any' }],
} as const;
const made = defineCard({
  ...PAIRS,
  id: 'x.pairs',
  kind: 'pure',
  run: (levels) => ({ output: pairs(levels) }),
});
const fails = defineCard({
  ...PAIRS,
  id: 'x.fails',
  kind: 'pure',
  run: (levels): { output: Value } => {
    throw new RunError('card-failed', 'No.', { extra: { pairs: pairs(levels) } });
  },
});
const answers = defineCard({
  ...PAIRS,
  id: 'x.answers',
  kind: 'control',
  run: (levels, ctx) => {
    ctx.respond({ statusCode: 200, headers: {}, body: pairs(levels) });
    return undefined;
  },
});
const raw = defineCard({
  ...PAIRS,
  id: 'x.raw',
  kind: 'control',
  run: (levels, ctx) => ctx.return({}, { statusCode: 200, headers: {}, body: pairs(levels) }),
});
const engine = testEngine({ cards: [made, fails, answers, raw] });

const card = (id: string, levels: number): CardNode => ({ id: 'c', card: id, in: { levels } });
const gives = (levels: number) => flow([card('x.pairs', levels), { card: 't.return', in: { x: from('/c/output') } }]);

test('outputs, answers and errors that would be too long as text are the limit outputLength', async () => {
  for (const source of [
    gives(40),
    flow([card('x.answers', 40)]),
    flow([card('x.raw', 40)]),
    flow([card('x.fails', 40)]),
  ]) {
    const { status, error, outputs, answer } = await engine.run(engine.load(source));
    assert.is(status, 'error');
    assert.match(error?.message ?? '', 'outputLength');
    assert.equal([error?.code, error?.at.flow, outputs, answer], ['limit', 'main', null, null]);
    assert.ok(JSON.stringify(error).length < 2_000);
  }
});

test('what a run gives may be as long as the limit allows', async () => {
  const length = jsonLength({ x: pairs(5) }, 1e6);
  for (const [outputLength, expected] of [
    [length, 'success'],
    [length - 1, 'error'],
  ] as const) {
    assert.is((await engine.run(engine.load(gives(5)), { limits: { outputLength } })).status, expected);
  }
  // Between flows of one run values are handed on as they are.
  const through = deck(
    [
      { card: 't.call', in: { flow: { flow: 'h' } } },
      { card: 't.return', in: { x: 1 } },
    ],
    helper('h', [card('x.pairs', 40), { card: 't.return', in: { x: from('/c/output') } }]),
  );
  assert.is((await engine.run(engine.load(through))).status, 'success');
});

test('a value that contains itself, or nests too deep, is no output', async () => {
  const deep = defineCard({
    ...X,
    id: 'x.deep',
    kind: 'pure',
    inputs: [],
    outputs: [{ key: 'output', type: 'any' }],
    run: () => {
      const self: { [key: string]: Value } = {};
      self.self = self;
      return { output: self };
    },
  });
  const on = testEngine({ cards: [deep] });
  const { error } = await on.run(
    on.load(
      flow([
        { id: 'c', card: 'x.deep' },
        { card: 't.return', in: { x: from('/c/output') } },
      ]),
    ),
  );
  assert.match(error?.message ?? '', 'outputLength');
});

test('events can be written down, whatever the cards of a run give', async () => {
  const events: FlowEvent[] = [];
  const source = deck(
    [{ card: 't.call', in: { flow: { flow: 'h' } } }],
    helper('h', [card('x.pairs', 40), { card: 't.return', in: { x: from('/c/output') } }]),
  );
  for (const each of [source, flow([card('x.fails', 40)])])
    await engine.run(engine.load(each), { onEvent: (event) => events.push(event) });
  assert.is(events.filter(({ type }) => type === 'execution').length, 6);
  assert.ok(JSON.stringify(events).length < 20_000);
  assert.match(JSON.stringify(events), 'too large to tell');
});

test('law: the length is that of the JSON text, but for commas', () => {
  for (const value of [{ a: [1234, null, 'x'], b: {} }, [], 'text', [['a'], ['a']], { long: 'x'.repeat(5_000) }]) {
    const { length } = JSON.stringify(value);
    const counted = jsonLength(value, 1e6);
    assert.ok(counted >= length && counted <= length * 2 + 8, `${counted} of ${length}`);
  }
  assert.ok(jsonLength(pairs(60), 1e9) > 1e9);
});

class Account {
  name = 'a';
}

test('what is no value is refused: at the top of an input before anything runs, within one where the run would give it', async () => {
  const engine = testEngine();
  const inputs = [{ key: 'in', type: 'any' as const }];
  const run = (given: unknown) =>
    engine.run(engine.load(flow([{ card: 't.return', in: { x: from('/inputs/in') } }], { inputs })), {
      inputs: { in: given },
    });
  for (const foreign of [10n, () => 1, Symbol('x'), new Map(), new Account(), new Uint8Array(1)]) {
    const refusal: unknown = await run(foreign).catch((error: unknown) => error);
    assert.match(JSON.stringify(refusal), /"invalid-input".*Values are texts/);
    const { error } = await run({ list: [1, { 'a/b': foreign }] });
    assert.is(error?.code, 'conversion');
    assert.match(error?.message ?? '', 'What the run gives holds what is no value, at "/x/list/1/a~1b".');
  }
  assert.is((await run({ toJSON: () => 1 })).error?.code, 'conversion');
  const fine = { on: new Date(0), none: undefined, list: [null, Number.NaN], bare: Object.create(null) };
  assert.is((await run(fine)).status, 'success');
});

test.run();
