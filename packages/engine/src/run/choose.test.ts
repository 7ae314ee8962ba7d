/** A card that only chooses its block does what one does that runs it by its context, listened to or not. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { chooser, defineCard, RunError } from '../index.js';
import { deck, flow, from, helper, testEngine } from '../testing/cards.js';

const FIELDS = [
  { key: 'at', type: 'number', required: true },
  { key: 'second', type: 'any' },
  { key: 'third', type: 'any' },
] as const;
const about = { title: 'Choose', description: 'Runs the block at a position.', kind: 'control', outputs: [] } as const;
const NAMES = ['zero', 'one', 'two'];
const INLINE = {
  zero: { scope: 'inline' },
  one: { scope: 'inline' },
  two: { scope: 'inline', provides: ['error', 'item', 'index'] },
} as const;
const SCOPED = { zero: { scope: 'scoped' }, one: { scope: 'scoped' } } as const;

function position(at: number): number {
  if (at === 9) throw new RunError('card-failed', 'no choice');
  return at;
}

/** By the number of inputs, and the scope of the blocks: the same twice, once by `chooser` and once by hand. */
const cards = [
  defineCard({ ...about, id: 'x.none', inputs: [], blocks: INLINE, run: chooser(NAMES, () => 1) }),
  defineCard({ ...about, id: 'x.noneByHand', inputs: [], blocks: INLINE, run: (ctx) => ctx.runBlock('one') }),
  defineCard({ ...about, id: 'x.inline', inputs: [FIELDS[0]], blocks: INLINE, run: chooser(NAMES, position) }),
  defineCard({
    ...about,
    id: 'x.inlineByHand',
    inputs: [FIELDS[0]],
    blocks: INLINE,
    run: (at, ctx) => ctx.runBlock(String(NAMES[position(at)])),
  }),
  defineCard({
    ...about,
    id: 'x.two',
    inputs: [FIELDS[0], FIELDS[1]],
    blocks: INLINE,
    run: chooser(NAMES, (at: number, second: unknown) => (second === null ? position(at) : 1)),
  }),
  defineCard({
    ...about,
    id: 'x.twoByHand',
    inputs: [FIELDS[0], FIELDS[1]],
    blocks: INLINE,
    run: (at, second, ctx) => ctx.runBlock(String(NAMES[second === null ? position(at) : 1])),
  }),
  defineCard({
    ...about,
    id: 'x.three',
    inputs: FIELDS,
    blocks: INLINE,
    run: chooser(NAMES, (at: number, second: unknown, third: unknown) => (second === third ? position(at) : 1)),
  }),
  defineCard({
    ...about,
    id: 'x.threeByHand',
    inputs: FIELDS,
    blocks: INLINE,
    run: (at, second, third, ctx) => ctx.runBlock(String(NAMES[second === third ? position(at) : 1])),
  }),
  defineCard({
    ...about,
    id: 'x.four',
    inputs: [...FIELDS, { key: 'fourth', type: 'any' }],
    blocks: INLINE,
    run: chooser(NAMES, (at: number, ...more: readonly unknown[]) => (more.join() === 'b,c,d' ? position(at) : 1)),
  }),
  defineCard({
    ...about,
    id: 'x.fourByHand',
    inputs: [...FIELDS, { key: 'fourth', type: 'any' }],
    blocks: INLINE,
    run: (at, second, third, fourth, ctx) =>
      ctx.runBlock(String(NAMES[`${second},${third},${fourth}` === 'b,c,d' ? position(at) : 1])),
  }),
  defineCard({
    ...about,
    id: 'x.scoped',
    inputs: [FIELDS[0]],
    blocks: SCOPED,
    outputsFromBlocks: true,
    run: chooser(NAMES, position),
  }),
  defineCard({
    ...about,
    id: 'x.scopedByHand',
    inputs: [FIELDS[0]],
    blocks: SCOPED,
    outputsFromBlocks: true,
    run: (at, ctx) => ctx.runBlock(String(NAMES[position(at)])),
  }),
];
const intercepted: string[] = [];
const engine = testEngine({ cards });
const within = testEngine({
  cards,
  interceptors: {
    control: [
      (_card, next) => {
        intercepted.push('before');
        return next();
      },
    ],
  },
});

type Blocks = Readonly<Record<string, { readonly cards: readonly object[]; readonly out?: object }>>;

const OUTPUTS = [{ key: 'x', type: 'text' }];
const give = (id: string, value: unknown = 1) => ({ id, card: 't.give', in: { value } });
const out = (id: string) => ({ x: from(`/${id}/output`) });
const at = from('/inputs/at');
const plain: Blocks = {
  zero: { cards: [give('a', 'zero')], out: out('a') },
  one: { cards: [give('b', { value: { deep: true } })], out: out('b') },
  two: { cards: [give('c', from('/item'))], out: out('c') },
};
const inBlock = (card: object): Blocks => ({ zero: { cards: [card] }, one: { cards: [give('b')] } });

/** What stands in the flow, by what it shows. `CARD` is the card that chooses. */
const FLOWS: Readonly<Record<string, readonly object[]>> = {
  'outputs of an inline block': [{ id: 'k', card: 'x.inline', in: { at }, outputs: OUTPUTS, blocks: plain }],
  'no input': [{ id: 'k', card: 'x.none', outputs: OUTPUTS, blocks: plain }],
  'two inputs': [
    { id: 'k', card: 'x.two', in: { at, second: from('/inputs/other') }, outputs: OUTPUTS, blocks: plain },
  ],
  'three inputs, two literals': [
    { id: 'k', card: 'x.three', in: { at, second: 5, third: 5 }, outputs: OUTPUTS, blocks: plain },
  ],
  'three inputs, a literal in the middle': [
    { id: 'k', card: 'x.three', in: { at, second: 5, third: from('/inputs/other') }, outputs: OUTPUTS, blocks: plain },
  ],
  'three inputs, a literal at the end': [
    { id: 'k', card: 'x.three', in: { at, second: from('/inputs/other'), third: 5 }, outputs: OUTPUTS, blocks: plain },
  ],
  'four inputs': [
    { id: 'k', card: 'x.four', in: { at, second: 'b', third: 'c', fourth: 'd' }, outputs: OUTPUTS, blocks: plain },
  ],
  'an expression as input': [
    { id: 'k', card: 'x.inline', in: { at: { expr: 'inputs.at * 1' } }, outputs: OUTPUTS, blocks: plain },
  ],
  'an input that waits': [
    { id: 'k', card: 'x.inline', in: { at: { expr: '$sum([inputs.at])' } }, outputs: OUTPUTS, blocks: plain },
  ],
  'a Return in an inline block ends the flow': [
    { card: 'x.inline', in: { at }, blocks: inBlock({ card: 't.return', in: { early: true } }) },
    give('after'),
  ],
  'a stop in an inline block ends the flow': [
    { card: 'x.inline', in: { at }, blocks: inBlock({ card: 't.continueIf', in: { condition: false } }) },
    give('after'),
  ],
  'an error in a block': [{ card: 'x.inline', in: { at }, blocks: inBlock({ id: 'f', card: 't.fail' }) }],
  'an error is caught around it': [
    {
      card: 't.try',
      outputs: OUTPUTS,
      blocks: {
        try: { cards: [{ card: 'x.inline', in: { at }, blocks: inBlock({ id: 'f', card: 't.fail' }) }] },
        catch: { cards: [{ card: 't.return', in: { x: 'caught' } }] },
      },
    },
  ],
  'an error policy at it': [
    {
      id: 'k',
      card: 'x.inline',
      in: { at },
      outputs: OUTPUTS,
      blocks: inBlock({ id: 'f', card: 't.fail' }),
      onError: { then: 'return', values: { x: 'instead' } },
    },
    { card: 't.return', in: { x: from('/k/x') } },
  ],
  'a block that waits': [
    {
      id: 'k',
      card: 'x.inline',
      in: { at },
      outputs: OUTPUTS,
      blocks: {
        zero: { cards: [{ card: 't.sleep', in: { ms: 0 } }, give('a', 'slept')], out: out('a') },
        one: { cards: [] },
      },
    },
  ],
  'an output that waits': [
    {
      id: 'k',
      card: 'x.inline',
      in: { at },
      outputs: OUTPUTS,
      blocks: { zero: { cards: [], out: { x: { expr: '$string($sum([1, 2]))' } } }, one: { cards: [] } },
    },
  ],
  'an output of another type': [
    {
      id: 'k',
      card: 'x.inline',
      in: { at },
      outputs: [{ key: 'x', type: 'number' }],
      blocks: { zero: { cards: [give('a', 'no number')], out: out('a') }, one: { cards: [] } },
    },
  ],
  'a block that is left out, and one that is not there': [
    { id: 'k', card: 'x.inline', in: { at }, outputs: OUTPUTS, blocks: { zero: { cards: [] } } },
  ],
  'a scoped block': [
    {
      id: 'k',
      card: 'x.scoped',
      in: { at },
      outputs: OUTPUTS,
      blocks: {
        zero: { cards: [{ card: 't.return', in: { x: 'returned' } }] },
        one: { cards: [{ card: 't.continueIf', in: { condition: false } }] },
      },
    },
    { card: 't.return', in: { x: from('/k/x'), after: true } },
  ],
  'in a pass of a loop, inside another': [
    {
      id: 'loop',
      card: 't.each',
      in: { list: { value: [0, 1, 2] }, flow: { flow: 'h' }, at: { item: '' } },
    },
  ],
  'in the last place, after which nothing reads its inputs': [
    give('g', at),
    { id: 'k', card: 'x.inline', in: { at: from('/g/output') }, outputs: OUTPUTS, blocks: plain },
    {
      id: 'l',
      card: 'x.two',
      in: { at: from('/inputs/at'), second: from('/k/x') },
      outputs: OUTPUTS,
      blocks: { one: { cards: [], out: { x: 'last' } } },
    },
  ],
};

/** The flow with each card that chooses in the place of one that does it by hand. */
function byHand(cards: readonly object[]): readonly object[] {
  return JSON.parse(JSON.stringify(cards).replace(/"(x\.[a-z]+)"/g, '"$1ByHand"'));
}

const nested = [
  {
    id: 'k',
    card: 'x.inline',
    in: { at },
    outputs: OUTPUTS,
    blocks: {
      ...plain,
      zero: {
        cards: [
          {
            id: 'n',
            card: 'x.inline',
            in: { at: 1 },
            outputs: OUTPUTS,
            blocks: { one: { cards: [give('d', 'deep')], out: out('d') } },
          },
        ],
        out: { x: from('/n/x') },
      },
    },
  },
];

async function results(cards: readonly object[], helpers: readonly object[], on = engine) {
  const inputs = [
    { key: 'at', type: 'number' },
    { key: 'other', type: 'any' },
  ];
  const source = deck(cards as never, helper('h', helpers as never, { inputs } as never)); // written as data, for `byHand`
  const main = { ...source.flows[0], inputs };
  const loaded = on.load({ ...source, flows: [main, ...source.flows.slice(1)] });
  const told: unknown[] = [];
  for (const given of [
    { at: 0 },
    { at: 1 },
    { at: 2 },
    { at: 7 },
    { at: 9 },
    { at: 1, other: 5 },
    { at: 'no number' },
  ]) {
    for (const limits of [{}, { steps: 1 }, { steps: 2 }, { steps: 3 }]) {
      for (const onEvent of [undefined, () => {}]) {
        const options = { inputs: given, limits, runId: 'r', ...(onEvent && { onEvent }) };
        const { status, outputs, value, error, steps } = await on.run(loaded, options).catch((refused: unknown) => ({
          status: 'refused',
          outputs: null,
          value: null,
          error: refused as Error,
          steps: 0,
        }));
        told.push({
          given,
          limits,
          status,
          outputs,
          value,
          steps,
          error: error && { ...error, message: error.message },
        });
      }
    }
  }
  return told;
}

for (const [what, cards] of Object.entries(FLOWS)) {
  test(what, async () => {
    const plainly = JSON.stringify(await results(cards, nested)).replaceAll('ByHand', '');
    const expected = JSON.stringify(await results(byHand(cards), byHand(nested))).replaceAll('ByHand', '');
    assert.is(plainly, expected);
  });
}

test('each two of them are one listened to and one not, and both tell the same', async () => {
  for (const cards of Object.values(FLOWS)) {
    const told = await results(cards, nested);
    for (let i = 0; i < told.length; i += 2) assert.equal(told[i], told[i + 1]);
  }
});

test('a flow tells different things for different choices: the comparison above can fail', async () => {
  const told = await results(FLOWS['outputs of an inline block'] ?? [], nested);
  assert.ok(new Set(told.map((each) => JSON.stringify(each))).size > told.length / 4);
});

test('four inputs come in their order', async () => {
  const { outputs } = await engine.run(
    engine.load(
      flow([
        {
          id: 'k',
          card: 'x.four',
          in: { at: 0, second: 'b', third: 'c', fourth: 'd' },
          outputs: OUTPUTS,
          blocks: plain,
        },
      ] as never), // written as data, as above
    ),
  );
  assert.equal(outputs, { x: 'zero' });
});

test('interceptors stand around it', async () => {
  const source = flow([{ id: 'k', card: 'x.inline', in: { at: 0 }, outputs: OUTPUTS, blocks: plain }] as never);
  const { outputs } = await within.run(within.load(source));
  assert.equal(outputs, { x: 'zero' });
  assert.equal(intercepted, ['before']);
});

test('a cancel ends a block that waits', async () => {
  const source = flow([
    { card: 'x.inline', in: { at: 0 }, blocks: { zero: { cards: [{ card: 't.wait', in: { signal: 'never' } }] } } },
  ] as never);
  const handle = engine.start(engine.load(source));
  handle.cancel('enough');
  assert.is((await handle.result).status, 'cancelled');
});

test('a position for which there is no name, and a name for which there is no block, are errors of the card', async () => {
  const blocks = { zero: { cards: [] } };
  const of = async (card: string, where: number) => {
    const { error } = await engine.run(engine.load(flow([{ id: 'k', card, in: { at: where }, blocks }] as never)));
    return [error?.code, error?.at.card, error?.message];
  };
  assert.equal(await of('x.scoped', 1), ['missing-block', 'k', 'Card "k" has no block "one".']);
  assert.equal(await of('x.inline', 7), ['missing-block', 'k', 'Card "k" has no block "undefined".']);
});

test.run();
