/** How flows run and end: blocks, returns, stops, results, calls. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { defineCard } from '../cards/index.js';
import type { Bindings, CardNode } from '../document/index.js';
import { deck, flow, from, helper, testEngine } from '../testing/cards.js';

const engine = testEngine();

async function run(source: unknown, inputs: Record<string, unknown> = {}) {
  return engine.run(engine.load(source), { inputs });
}

async function outputsOf(source: unknown, inputs?: Record<string, unknown>) {
  const { status, outputs, error } = await run(source, inputs);
  assert.is(error, null, JSON.stringify(error));
  assert.is(status, 'success');
  return outputs;
}

const give = (id: string, value: unknown): CardNode => ({
  id,
  card: 't.give',
  in: { value: { value: value as string } },
});
const ret = (fields: Bindings): CardNode => ({ card: 't.return', in: fields });

test('cards run in order, each reading what came before', async () => {
  const source = flow([
    { id: 'a', card: 't.add', in: { a: 1 } },
    { id: 'b', card: 't.add', in: { a: from('/a/output'), b: from('/a/output') } },
    { id: 'c', card: 't.add', in: { a: from('/b/output'), b: from('/a/output') } },
    ret({ a: from('/a/output'), b: from('/b/output'), c: from('/c/output') }),
  ]);
  assert.equal(await outputsOf(source), { a: 2, b: 4, c: 6 });
});

test('references read into values, whole outputs and groups', async () => {
  const source = flow([
    give('a', { deep: [{ x: 7 }] }),
    { id: 'f', card: 't.file' },
    ret({
      deep: from('/a/output/deep/0/x'),
      gone: from('/a/output/nothing/at/all'),
      whole: from('/f'),
      group: from('/f/Meta'),
      one: from('/f/Meta/name'),
    }),
  ]);
  assert.equal(await outputsOf(source), {
    deep: 7,
    gone: null,
    whole: { size: 0, Meta: { name: 'none' } },
    group: { name: 'none' },
    one: 'none',
  });
});

test('inputs get their defaults, else the empty value of their type; null stays what the caller made it', async () => {
  const source = flow(
    [ret({ text: from('/inputs/text'), n: from('/inputs/n'), list: from('/inputs/list'), o: from('/options/o') })],
    {
      inputs: [
        { key: 'text', type: 'text' },
        { key: 'n', type: 'number', default: 4 },
        { key: 'list', type: 'text', list: true },
      ],
      options: [{ key: 'o', type: 'text', default: 'x' }],
    },
  );
  assert.equal(await outputsOf(source), { text: '', n: 4, list: [], o: 'x' });
  assert.equal(await outputsOf(source, { text: null, n: '12', list: 'one' }), {
    text: null,
    n: 12,
    list: ['one'],
    o: 'x',
  });
});

test('a Return ends the flow; what follows does not run', async () => {
  assert.equal(await outputsOf(flow([ret({ x: 1 }), { card: 't.fail' }])), { x: 1 });
});

test('a Return in an inline block ends the flow', async () => {
  const cards = (then: CardNode[]): CardNode[] => [
    { card: 't.if', in: { condition: from('/inputs/c') }, blocks: { then: { cards: then }, else: { cards: [] } } },
    ret({ from: 'after' }),
  ];
  const source = flow(cards([ret({ from: 'arm' })]), { inputs: [{ key: 'c', type: 'boolean' }] });
  assert.equal(await outputsOf(source, { c: true }), { from: 'arm' });
  assert.equal(await outputsOf(source, { c: false }), { from: 'after' });
});

test('a Return in an inline block that stands in a scoped one ends the scoped one', async () => {
  const source = flow([
    {
      id: 'b',
      card: 't.branch',
      outputs: [{ key: 'x', type: 'number' }],
      blocks: {
        only: {
          cards: [
            { card: 't.if', in: { condition: true }, blocks: { then: { cards: [ret({ x: '5' })] } } },
            { card: 't.fail' },
          ],
        },
      },
    },
    ret({ x: from('/b/x'), after: true }),
  ]);
  assert.equal(await outputsOf(source), { x: 5, after: true });
});

test('a Return in a scoped block gives its card the outputs, converted to the declared types; others are null', async () => {
  const source = flow([
    {
      id: 't',
      card: 't.try',
      outputs: [
        { key: 'n', type: 'number' },
        { key: 'other', type: 'text' },
      ],
      blocks: { try: { cards: [ret({ n: '12', undeclared: 1 })] }, catch: { cards: [] } },
    },
    ret({ n: from('/t/n'), other: from('/t/other') }),
  ]);
  assert.equal(await outputsOf(source), { n: 12, other: null });
});

test('a scoped block without a Return gives the outputs of its last card', async () => {
  const source = flow([
    {
      id: 't',
      card: 't.try',
      outputs: [{ key: 'output', type: 'any' }],
      blocks: { try: { cards: [give('g', 7), { card: 't.comment' }] }, catch: { cards: [] } },
    },
    ret({ x: from('/t/output') }),
  ]);
  assert.equal(await outputsOf(source), { x: 7 });
});

test('an inline block gives its outputs by "out"; what it leaves out, and an absent block, are empty', async () => {
  const source = flow(
    [
      {
        id: 'i',
        card: 't.if',
        in: { condition: from('/inputs/c') },
        outputs: [
          { key: 'x', type: 'number' },
          { key: 'y', type: 'text' },
        ],
        blocks: { then: { cards: [give('g', '8')], out: { x: from('/g/output') } } },
      },
      ret({ x: from('/i/x'), y: from('/i/y') }),
    ],
    { inputs: [{ key: 'c', type: 'boolean' }] },
  );
  assert.equal(await outputsOf(source, { c: true }), { x: 8, y: '' });
  assert.equal(await outputsOf(source, { c: false }), { x: 0, y: '' });
});

test('blocks read what stands before them, at every depth, and keep their own values to themselves', async () => {
  const nest = (inner: CardNode[], depth: number): CardNode[] =>
    depth === 0
      ? inner
      : [
          {
            card: depth % 2 ? 't.if' : 't.try',
            ...(depth % 2 ? { in: { condition: true } } : {}),
            blocks:
              depth % 2
                ? { then: { cards: nest(inner, depth - 1) } }
                : { try: { cards: nest(inner, depth - 1) }, catch: { cards: [{ card: 't.fail' }] } },
          },
        ];
  const source = flow([give('a', 3), ...nest([ret({ x: from('/a/output') })], 1)]);
  assert.equal(await outputsOf(source), { x: 3 });
  const deep = flow([
    give('a', 3),
    {
      id: 'out',
      card: 't.try',
      outputs: [{ key: 'x', type: 'any' }],
      blocks: { try: { cards: nest([ret({ x: from('/a/output') })], 7) }, catch: { cards: [] } },
    },
    give('b', 4),
    ret({ a: from('/a/output'), b: from('/b/output') }),
  ]);
  assert.equal(await outputsOf(deep), { a: 3, b: 4 });
});

test('Continue If: goes on when it holds', async () => {
  assert.equal(await outputsOf(flow([{ card: 't.continueIf', in: { condition: true } }, ret({ x: 1 })])), { x: 1 });
});

test('Continue If: ends the flow early and well, with its message', async () => {
  const stop: CardNode = { card: 't.continueIf', in: { condition: false } };
  for (const cards of [
    [stop, { card: 't.fail' }],
    [
      { card: 't.if', in: { condition: true }, blocks: { then: { cards: [stop, { card: 't.fail' }] } } },
      { card: 't.fail' },
    ],
  ]) {
    const { status, outputs, value, error } = await run(flow(cards));
    assert.equal(
      { status, outputs, value, error },
      { status: 'stopped', outputs: { message: 'stopped' }, value: 'stopped', error: null },
    );
  }
});

test('Continue If: in a scoped block ends the block, which gives no values', async () => {
  const stop: CardNode = { card: 't.continueIf', in: { condition: false } };
  for (const card of ['t.try', 't.branch']) {
    const blocks = { try: { cards: [stop, { card: 't.fail' }] }, catch: { cards: [{ card: 't.fail' }] } };
    const source = flow([
      { id: 'b', card, outputs: [{ key: 'message', type: 'text' }], blocks },
      ret({ m: from('/b/message'), after: 1 }),
    ]);
    assert.equal(await outputsOf(source), { m: null, after: 1 });
  }
});

test('Continue If: in a called flow ends that flow only', async () => {
  const source = deck(
    [
      { id: 'c', card: 't.inspect', in: { flow: { flow: 'h' } } },
      ret({ kind: from('/c/kind'), value: from('/c/value') }),
    ],
    helper('h', [{ card: 't.continueIf', in: { condition: false } }, { card: 't.fail' }]),
  );
  assert.equal(await outputsOf(source), { kind: 'stop', value: 'stopped' });
});

test('without a Return, the result is the outputs of the last card that counts', async () => {
  assert.equal(await outputsOf(flow([give('a', 1), give('b', 2), { card: 't.comment' }])), { output: 2 });
  assert.equal(await outputsOf(flow([{ card: 't.file' }])), { size: 0, Meta: { name: 'none' } });
  assert.equal(await outputsOf(flow([{ card: 't.comment' }])), {});
  assert.equal(await outputsOf(flow([])), {});
});

test('the last card is an inline block: its outputs are the result, whichever arm ran', async () => {
  const source = flow(
    [
      {
        card: 't.if',
        in: { condition: from('/inputs/c') },
        outputs: [{ key: 'x', type: 'any' }],
        blocks: { then: { cards: [give('g', 1)], out: { x: from('/g/output') } }, else: { cards: [], out: { x: 2 } } },
      },
    ],
    { inputs: [{ key: 'c', type: 'boolean' }] },
  );
  assert.equal(await outputsOf(source, { c: true }), { x: 1 });
  assert.equal(await outputsOf(source, { c: false }), { x: 2 });
});

test('a result of one field is that field as a value; of more, the object; of none, an empty one', async () => {
  assert.equal((await run(flow([ret({ x: 1 })]))).value, 1);
  assert.equal((await run(flow([ret({ x: 1, y: 2 })]))).value, { x: 1, y: 2 });
  assert.equal((await run(flow([ret({})]))).value, {});
  assert.equal((await run(flow([give('a', null)]))).value, null);
});

test('grouped outputs nest in the result; a lone one is its bare value', async () => {
  const outputs = [
    { key: 'id', group: 'Output', type: 'number' },
    { key: 'name', group: 'Output', type: 'text' },
    { key: 'ok', type: 'boolean' },
  ] as const;
  const source = flow([ret({ 'Output/id': '7', 'Output/name': 'x', ok: 'true' })], { outputs });
  const result = await run(source);
  assert.equal(result.outputs, { Output: { id: 7, name: 'x' }, ok: true });
  assert.equal(result.value, result.outputs);
  const lone = await run(flow([ret({ 'Output/id': '7' })], { outputs }));
  assert.equal(lone.outputs, { Output: { id: 7 } });
  assert.is(lone.value, 7);
});

test('grouped outputs of a Return inside an arm nest too', async () => {
  const source = flow([
    {
      card: 't.if',
      in: { condition: true },
      blocks: { then: { cards: [ret({ 'Output/id': 7, 'Output/name': 'x' })] } },
    },
    give('last', 1),
  ]);
  assert.equal((await run(source)).outputs, { Output: { id: 7, name: 'x' } });
});

test('declared outputs convert what a Return gives; undeclared ones pass', async () => {
  const outputs = [{ key: 'n', type: 'number' }] as const;
  assert.equal(await outputsOf(flow([ret({ n: '7', more: '7' })], { outputs })), { n: 7, more: '7' });
  const { status, error } = await run(flow([ret({ n: 'seven' })], { outputs }));
  assert.is(status, 'error');
  assert.is(error?.code, 'conversion');
});

test('a call hands inputs over by name, converted, and takes outputs back', async () => {
  const source = deck(
    [
      {
        id: 'c',
        card: 't.call',
        in: { flow: { flow: 'h' }, n: '20' },
        outputs: [
          { key: 'sum', type: 'text' },
          { key: 'gone', type: 'any' },
        ],
      },
      ret({ sum: from('/c/sum'), gone: from('/c/gone') }),
    ],
    helper('h', [{ id: 'a', card: 't.add', in: { a: from('/inputs/n'), b: 2 } }, ret({ sum: from('/a/output') })], {
      inputs: [{ key: 'n', type: 'number' }],
    }),
  );
  assert.equal(await outputsOf(source), { sum: '22', gone: null });
});

test('calls nest; every call has values of its own', async () => {
  const source = deck(
    [
      { id: 'c', card: 't.call', in: { flow: { flow: 'down' }, n: 10 }, outputs: [{ key: 'n', type: 'number' }] },
      ret({ n: from('/c/n') }),
    ],
    helper(
      'down',
      [
        { id: 'same', card: 't.give', in: { value: from('/inputs/n') } },
        {
          card: 't.if',
          in: { condition: from('/inputs/n') },
          blocks: { then: { cards: [] }, else: { cards: [ret({ n: 0 })] } },
        },
        { id: 'less', card: 't.add', in: { a: from('/inputs/n'), b: -1 } },
        {
          id: 'r',
          card: 't.call',
          in: { flow: { flow: 'down' }, n: from('/less/output') },
          outputs: [{ key: 'n', type: 'number' }],
        },
        { id: 'sum', card: 't.add', in: { a: from('/same/output'), b: from('/r/n') } },
        ret({ n: from('/sum/output') }),
      ],
      { inputs: [{ key: 'n', type: 'number' }] },
    ),
  );
  assert.equal(await outputsOf(source), { n: 55 });
});

test('a flow is a value: given as an input, it is called by name of its inputs', async () => {
  const source = deck(
    [
      {
        id: 'c',
        card: 't.call',
        in: { flow: { flow: 'apply' }, which: { flow: 'double' }, x: '4' },
        outputs: [{ key: 'y', type: 'any' }],
      },
      ret({ y: from('/c/y') }),
    ],
    helper(
      'apply',
      [
        {
          id: 'c',
          card: 't.call',
          in: { flow: from('/inputs/which'), n: from('/inputs/x'), unknown: 1 },
          outputs: [{ key: 'y', type: 'any' }],
        },
        ret({ y: from('/c/y') }),
      ],
      {
        inputs: [
          { key: 'which', type: 'flow' },
          { key: 'x', type: 'text' },
        ],
      },
    ),
    helper(
      'double',
      [{ id: 'a', card: 't.add', in: { a: from('/inputs/n'), b: from('/inputs/n') } }, ret({ y: from('/a/output') })],
      {
        inputs: [{ key: 'n', type: 'number' }],
      },
    ),
  );
  assert.equal(await outputsOf(source), { y: 8 });
});

test('a call of what is no flow is an error of the card', async () => {
  const source = flow([{ id: 'c', card: 't.call', in: { flow: from('/inputs/f') } }], {
    inputs: [{ key: 'f', type: 'flow' }],
  });
  const { status, error } = await run(source);
  assert.is(status, 'error');
  assert.ok(['missing-input', 'not-a-flow'].includes(error?.code ?? ''), error?.code);
  assert.is(error?.at.card, 'c');
});

test('the context tells a flow who calls it and at which position', async () => {
  const source = deck(
    [
      { id: 'range', card: 't.range', in: { count: 2 } },
      { id: 'e', card: 't.each', in: { list: from('/range/output'), flow: { flow: 'h' } } },
      ret({ all: from('/e/values') }),
    ],
    helper('h', [
      ret({
        index: from('/context/index'),
        caller: from('/context/caller'),
        id: from('/context/execution_id'),
        error: from('/context/error'),
      }),
    ]),
  );
  const { outputs, runId } = await run(source);
  const caller = { id: 'main', method: 'e', name: 'main', execution_id: runId, root_execution_id: runId };
  assert.equal(outputs?.['all'], [
    { index: 0, caller, id: `${runId}/e.0`, error: null },
    { index: 1, caller, id: `${runId}/e.1`, error: null },
  ]);
});

test('cards may give nothing, a promise, or a promise of nothing', async () => {
  const card = (id: `x.${string}`, result: unknown) =>
    defineCard({
      id,
      title: 'X',
      description: 'X.',
      kind: 'pure',
      inputs: [],
      outputs: [{ key: 'output', type: 'any' }],
      run: () => result as { output: null },
    });
  const own = testEngine({
    cards: [
      card('x.none', undefined),
      card('x.promise', Promise.resolve({ output: 5 })),
      card('x.later', Promise.resolve()),
      card('x.empty', {}),
    ],
  });
  const source = flow([
    { id: 'a', card: 'x.none' },
    { id: 'b', card: 'x.promise' },
    { id: 'c', card: 'x.later' },
    { id: 'd', card: 'x.empty' },
    ret({ a: from('/a/output'), b: from('/b/output'), c: from('/c/output'), d: from('/d/output') }),
  ]);
  const { outputs, steps } = await own.run(own.load(source));
  assert.equal(outputs, { a: null, b: 5, c: null, d: null });
  assert.is(steps, 5);
});

test('a thenable that is no promise is waited for', async () => {
  const lazy = defineCard({
    id: 'x.lazy',
    title: 'X',
    description: 'X.',
    kind: 'pure',
    inputs: [],
    outputs: [{ key: 'output', type: 'any' }],
    run: () =>
      ({ then: (resolve: (value: unknown) => void) => resolve({ output: 9 }) }) as unknown as Promise<{ output: null }>,
  });
  const own = testEngine({ cards: [lazy] });
  assert.equal((await own.run(own.load(flow([{ card: 'x.lazy' }])))).outputs, { output: 9 });
});

test('a loop block: every pass has its item, its index and its own values', async () => {
  for (const parallel of [false, true]) {
    const source = flow([
      give('outer', 'o'),
      {
        id: 'l',
        card: 't.loop',
        in: { times: 4, parallel },
        blocks: {
          body: {
            cards: [
              { id: 'first', card: 't.give', in: { value: from('/item') } },
              { card: 't.sleep', in: { ms: 0 } },
              { id: 'key', card: 't.key' },
              ret({
                item: from('/first/output'),
                index: from('/index'),
                outer: from('/outer/output'),
                key: from('/key/output'),
              }),
            ],
          },
        },
      },
      ret({ all: from('/l/results'), outer: from('/outer/output') }),
    ]);
    const { outputs, runId } = await run(source);
    assert.equal(outputs, {
      all: [0, 1, 2, 3].map((index) => ({ item: `item ${index}`, index, outer: 'o', key: `${runId}/l.${index}/key` })),
      outer: 'o',
    });
  }
});

test('expressions stand wherever values do, those that need the full evaluator too', async () => {
  for (const [expr, perItem] of [
    ['first.output.n + 1', 'first.output.n'],
    ['$sum(first.output.list) + 0', '$count(first.output.list) - 1'],
  ] as const) {
    const source = deck(
      [
        give('first', { n: 2, list: [1, 2, 0] }),
        { id: 'one', card: 't.add', in: { a: { expr }, b: { expr } } },
        {
          id: 'arm',
          card: 't.if',
          in: { condition: { expr: `${expr} > 0` } },
          outputs: [{ key: 'x', type: 'text' }],
          blocks: { then: { cards: [], out: { x: { expr } } } },
        },
        {
          id: 'branch',
          card: 't.branch',
          blocks: { a: { in: { condition: { expr: `${expr} > 5` } }, cards: [{ card: 't.fail' }] } },
        },
        caughtValue({ expr }),
        { id: 'call', card: 't.call', in: { flow: { flow: 'h' }, x: { expr } }, outputs: [{ key: 'x', type: 'any' }] },
        {
          id: 'each',
          card: 't.each',
          in: { list: { value: [7, 8] }, flow: { flow: 'h' }, x: { expr: perItem }, i: { item: '' } },
        },
        ret({
          one: from('/one/output'),
          arm: from('/arm/x'),
          policy: from('/t/x'),
          call: from('/call/x'),
          each: from('/each/values'),
          here: { expr },
        }),
      ],
      helper('h', [ret({ x: from('/inputs/x'), i: from('/inputs/i') })], {
        inputs: [
          { key: 'x', type: 'text' },
          { key: 'i', type: 'number' },
        ],
      }),
    );
    assert.equal(await outputsOf(source), {
      one: 6,
      arm: '3',
      policy: 3,
      call: '3',
      each: [
        { x: '2', i: 7 },
        { x: '2', i: 8 },
      ],
      here: 3,
    });
  }
});

/** A card whose error policy gives a value, and the value as the catch block sees it. */
function caughtValue(value: Bindings[string]): CardNode {
  return {
    id: 't',
    card: 't.try',
    outputs: [{ key: 'x', type: 'any' }],
    blocks: {
      try: { cards: [{ card: 't.fail', onError: { then: 'return', values: { kept: value } } }] },
      catch: { cards: [ret({ x: from('/error/kept') })] },
    },
  };
}

test('the same plan runs many times at once without mixing values', async () => {
  const loaded = engine.load(
    flow(
      [
        { id: 'a', card: 't.give', in: { value: from('/inputs/n') } },
        { card: 't.sleep', in: { ms: 0 } },
        ret({ n: from('/a/output') }),
      ],
      {
        inputs: [{ key: 'n', type: 'number' }],
      },
    ),
  );
  const results = await Promise.all(Array.from({ length: 50 }, (_, n) => engine.run(loaded, { inputs: { n } })));
  assert.equal(
    results.map(({ value }) => value),
    Array.from({ length: 50 }, (_, n) => n),
  );
});

test('names that every object inherits are plain data, or absent', async () => {
  const source = flow([
    give('a', { x: 1 }),
    ret({ valueOf: from('/a/output/valueOf'), hasOwnProperty: 2, toString: from('/a/output/toString/name') }),
  ]);
  assert.equal(await outputsOf(source), { valueOf: null, hasOwnProperty: 2, toString: null });
});

test('an expression that follows an item which is a list goes through the list', async () => {
  const once = defineCard({
    id: 'x.once',
    title: 'Once',
    description: 'Runs a block with a list for its item.',
    kind: 'control',
    inputs: [],
    outputs: [],
    blocks: { body: { scope: 'inline', required: true, provides: ['item'] } },
    run: (ctx) => ctx.runBlock('body', { item: [{ name: 'a' }, { name: 'b' }] }),
  });
  const own = testEngine({ cards: [once] });
  const source = flow([
    { card: 'x.once', blocks: { body: { cards: [{ card: 't.return', in: { names: { expr: 'item.name' } } }] } } },
  ]);
  const { outputs } = await own.run(own.load(source));
  assert.equal(outputs, { names: ['a', 'b'] });
});

test.run();
