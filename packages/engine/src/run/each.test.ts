/** Flows per item, and flows that nobody waits for. */

import { idle, ManualClock } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { defineCard } from '../cards/index.js';
import type { Bindings, CardNode } from '../document/index.js';
import { RunError } from '../errors.js';
import type { Runtime } from '../ports/index.js';
import { deck, from, helper, testEngine } from '../testing/cards.js';

/** A card whose calls end when the test says so. Its tests stop the clock: a loop that pauses for a slow machine is a turn late. */
function work() {
  const running = new Map<number, { finish: (value?: unknown) => void; fail: (message: string) => void }>();
  const started: number[] = [];
  let most = 0;
  const card = defineCard({
    id: 'x.work',
    title: 'X',
    description: 'X.',
    kind: 'effect',
    inputs: [{ key: 'n', type: 'number', required: true }],
    outputs: [{ key: 'output', type: 'any' }],
    run: (n) =>
      new Promise<{ output: string }>((resolve, reject) => {
        started.push(n);
        running.set(n, {
          finish: () => {
            running.delete(n);
            resolve({ output: `done ${n}` });
          },
          fail: (message) => {
            running.delete(n);
            reject(new RunError<'work'>('work', message));
          },
        });
        most = Math.max(most, running.size);
      }),
  });
  return {
    card,
    started,
    get running() {
      return [...running.keys()];
    },
    get most() {
      return most;
    },
    async finish(n: number) {
      running.get(n)?.finish();
      await idle();
    },
    async fail(n: number, message: string) {
      running.get(n)?.fail(message);
      await idle();
    },
  };
}

const each = (more: Bindings): CardNode[] => [
  { id: 'r', card: 't.range', in: { count: 6 } },
  { id: 'e', card: 't.each', in: { list: from('/r/output'), flow: { flow: 'h' }, n: { item: '' }, ...more } },
];
const worker = helper('h', [{ card: 'x.work', in: { n: from('/inputs/n') } }], {
  inputs: [{ key: 'n', type: 'number' }],
});

test('items start in order, never more at a time than asked for; results keep the order of the items', async () => {
  const jobs = work();
  const engine = testEngine({ cards: [jobs.card], ports: { clock: new ManualClock() } });
  const pending = engine.run(engine.load(deck(each({ concurrency: 3 }), worker)));
  await idle();
  assert.equal(jobs.running, [0, 1, 2]);
  await jobs.finish(2);
  assert.equal(jobs.running, [0, 1, 3]);
  await jobs.finish(0);
  assert.equal(jobs.running, [1, 3, 4]);
  for (const n of [4, 5, 3, 1]) await jobs.finish(n);
  const { value } = await pending;
  assert.equal(
    value,
    [0, 1, 2, 3, 4, 5].map((n) => `done ${n}`),
  );
  assert.equal(jobs.started, [0, 1, 2, 3, 4, 5]);
  assert.is(jobs.most, 3);
});

test('without a number, and below 1, one at a time', async () => {
  for (const concurrency of [{}, { concurrency: 0 }, { concurrency: -4 }, { concurrency: 0.5 }] as Bindings[]) {
    const jobs = work();
    const engine = testEngine({ cards: [jobs.card], ports: { clock: new ManualClock() } });
    const pending = engine.run(engine.load(deck(each(concurrency), worker)));
    for (const n of [0, 1, 2, 3, 4, 5]) {
      await idle();
      assert.equal(jobs.running, [n]);
      await jobs.finish(n);
    }
    assert.is((await pending).status, 'success');
  }
});

test('after the first error nothing is handed out, what is under way finishes, and the first error by time is thrown', async () => {
  const jobs = work();
  const engine = testEngine({ cards: [jobs.card], ports: { clock: new ManualClock() } });
  let ended = false;
  const pending = engine.run(engine.load(deck(each({ concurrency: 3 }), worker))).finally(() => {
    ended = true;
  });
  await idle();
  await jobs.fail(2, 'the first by time');
  assert.equal(jobs.running, [0, 1]);
  assert.is(ended, false, 'those under way are waited for');
  await jobs.fail(0, 'the first by position');
  assert.is(ended, false);
  await jobs.finish(1);
  const { status, error } = await pending;
  assert.is(status, 'error');
  assert.is(error?.message, 'the first by time');
  assert.equal(jobs.started, [0, 1, 2]);
});

test('a synchronous error stops the loop at once, also among others under way', async () => {
  const jobs = work();
  const engine = testEngine({ cards: [jobs.card], ports: { clock: new ManualClock() } });
  const picky = helper(
    'h',
    [
      { card: 't.if', in: { condition: from('/inputs/n') }, blocks: { then: { cards: [{ card: 't.fail' }] } } },
      { card: 'x.work', in: { n: from('/inputs/n') } },
    ],
    { inputs: [{ key: 'n', type: 'number' }] },
  );
  const pending = engine.run(engine.load(deck(each({ concurrency: 4 }), picky)));
  await idle();
  assert.equal(jobs.running, [0]);
  await jobs.finish(0);
  assert.is((await pending).error?.code, 'test-failure');
  assert.equal(jobs.started, [0]);
});

test('onError ignore: every item runs; those that fail give null', async () => {
  const jobs = work();
  const engine = testEngine({ cards: [jobs.card], ports: { clock: new ManualClock() } });
  const pending = engine.run(engine.load(deck(each({ concurrency: 2, ignore: true }), worker)));
  await idle();
  for (const n of [0, 1, 2, 3, 4, 5]) await (n % 2 ? jobs.fail(n, 'odd') : jobs.finish(n));
  const { status, value } = await pending;
  assert.is(status, 'success');
  assert.equal(value, ['done 0', null, 'done 2', null, 'done 4', null]);
});

test('items that are no longer synchronous after some that were', async () => {
  const jobs = work();
  const engine = testEngine({ cards: [jobs.card], ports: { clock: new ManualClock() } });
  const sometimes = helper(
    'h',
    [
      {
        card: 't.if',
        in: { condition: from('/inputs/late') },
        blocks: { then: { cards: [{ id: 'w', card: 'x.work', in: { n: from('/context/index') } }] } },
      },
      { card: 't.return', in: { index: from('/context/index') } },
    ],
    { inputs: [{ key: 'late', type: 'boolean' }] },
  );
  const list = [false, false, true, false, true, false, false];
  const pending = engine.run(
    engine.load(
      deck(
        [{ card: 't.each', in: { list: { value: list }, flow: { flow: 'h' }, late: { item: '' }, concurrency: 2 } }],
        sometimes,
      ),
    ),
  );
  await idle();
  assert.equal(jobs.running, [2, 4]);
  await jobs.finish(4);
  await jobs.finish(2);
  assert.equal((await pending).value, [0, 1, 2, 3, 4, 5, 6]);
});

test('a flow of plain cards: every item has its own values and index, those after one that failed or waited too', async () => {
  const waiting: ((error: Error) => void)[] = [];
  const card = defineCard({
    id: 'x.moody',
    title: 'X',
    description: 'X.',
    kind: 'pure',
    inputs: [{ key: 'n', type: 'number', required: true }],
    outputs: [{ key: 'output', type: 'number' }],
    run: (n): { output: number } => {
      if (n === 1) throw new RunError<'odd'>('odd', 'at once');
      // Whoever waits for 3 hears of its failure when the items after it are done.
      const late = n === 3 ? new Promise((_, reject) => waiting.push(reject)) : null;
      return (late ?? { output: n * 10 }) as { output: number }; // a card may lie about its kind
    },
  });
  const engine = testEngine({ cards: [card] });
  const plain = helper(
    'h',
    [
      { id: 'm', card: 'x.moody', in: { n: from('/inputs/n') } },
      // The last to read the default: it is let go of then.
      { id: 'k', card: 't.give', in: { value: from('/inputs/kept') } },
      { card: 't.return', in: { index: from('/context/index'), ten: from('/m/output'), kept: from('/k/output') } },
    ],
    {
      inputs: [
        { key: 'n', type: 'number' },
        { key: 'kept', type: 'text', default: 'default' },
      ],
    },
  );
  const pending = engine.run(engine.load(deck(each({ concurrency: 2, ignore: true }), plain)));
  await idle();
  for (const fail of waiting) fail(new RunError<'odd'>('odd', 'later'));
  const { value, ignored } = await pending;
  const given = (index: number) => ({ index, ten: index * 10, kept: 'default' });
  assert.equal(value, [given(0), null, given(2), null, given(4), given(5)]);
  assert.equal(
    ignored.map(({ index, error }) => [index, error.message, error.path.at(-1)?.index]),
    [
      [1, 'at once', 1],
      [3, 'later', 3],
    ],
  );
});

test('an empty list calls nothing', async () => {
  const engine = testEngine();
  const source = deck(
    [{ card: 't.each', in: { list: { value: [] }, flow: { flow: 'h' } } }],
    helper('h', [{ card: 't.fail' }]),
  );
  const { value, steps } = await engine.run(engine.load(source));
  assert.equal([value, steps], [[], 1]);
});

test('forwarded values: the item, a path into it, the same for every item; converted to the callee\u2019s types', async () => {
  const engine = testEngine();
  const list = [{ id: '1', tag: { name: 'a' } }, { id: '2' }];
  const source = deck(
    [
      { id: 'same', card: 't.give', in: { value: 'x' } },
      {
        card: 't.each',
        in: {
          list: { value: list },
          flow: { flow: 'h' },
          id: { item: '/id' },
          name: { item: '/tag/name' },
          all: { item: '' },
          same: from('/same/output'),
        },
      },
    ],
    helper(
      'h',
      [
        {
          card: 't.return',
          in: {
            id: from('/inputs/id'),
            name: from('/inputs/name'),
            all: from('/inputs/all'),
            same: from('/inputs/same'),
          },
        },
      ],
      {
        inputs: [
          { key: 'id', type: 'number' },
          { key: 'name', type: 'text' },
          { key: 'all', type: 'object' },
          { key: 'same', type: 'text' },
        ],
      },
    ),
  );
  const { value } = await engine.run(engine.load(source));
  assert.equal(value, [
    { id: 1, name: 'a', all: list[0], same: 'x' },
    { id: 2, name: null, all: list[1], same: 'x' },
  ]);
});

test('a long synchronous loop gives the event loop its turns, and keeps its order', async () => {
  const clock = new ManualClock({ perReading: 4 });
  const engine = testEngine({ ports: { clock } });
  const source = deck(
    [
      { id: 'r', card: 't.range', in: { count: 5000 } },
      { card: 't.each', in: { list: from('/r/output'), flow: { flow: 'h' }, n: { item: '' } } },
    ],
    helper('h', [{ card: 't.add', in: { a: from('/inputs/n') } }], { inputs: [{ key: 'n', type: 'number' }] }),
  );
  const { value } = await engine.run(engine.load(source));
  assert.ok(clock.yields > 10, `${clock.yields} turns`);
  assert.equal(
    value,
    Array.from({ length: 5000 }, (_, n) => n + 1),
  );
});

test('collect: a function sees every result, none keeps nothing', async () => {
  const sum = defineCard({
    id: 'x.sum',
    title: 'X',
    description: 'X.',
    kind: 'control',
    inputs: [{ key: 'flow', type: 'flow', required: true }],
    outputs: [
      { key: 'kinds', type: 'text', list: true },
      { key: 'none', type: 'any', list: true },
    ],
    run: async (target, ctx) => ({
      kinds: (await ctx.callEach(target, [1, 2], { collect: ({ kind }) => kind })) as string[],
      none: await ctx.callEach(target, [1, 2], { collect: 'none' }),
    }),
  });
  const engine = testEngine({ cards: [sum] });
  for (const cards of [[{ card: 't.give' }], [{ card: 't.sleep', in: { ms: 0 } }]] as CardNode[][]) {
    const { outputs } = await engine.run(
      engine.load(deck([{ card: 'x.sum', in: { flow: { flow: 'h' } } }], helper('h', cards))),
    );
    assert.equal(outputs, { kinds: ['end', 'end'], none: [] });
  }
});

/** A runtime that remembers nothing, and has a window of its own. */
const oneByOne: Runtime = {
  transient: false,
  open: () => ({
    keyed: true,
    step: (_id, effect) => effect(),
    sleep: async () => undefined,
    signal: async () => null,
  }),
  close() {},
  signal() {},
};

for (const [where, more] of [
  ['in memory', {}],
  ['on a runtime', { runtime: oneByOne }],
] as const) {
  test(`progress is told while a watched loop waits, ${where}`, async () => {
    const jobs = work();
    const clock = new ManualClock();
    const engine = testEngine({ cards: [jobs.card], ports: { clock, ...more } });
    const told: unknown[] = [];
    engine.on('progress', ({ card, done, total }) => told.push([card, done, total]));
    const pending = engine.run(engine.load(deck(each({}), worker)));
    for (const n of [0, 1, 2, 3, 4, 5]) {
      await clock.advance(150);
      await jobs.finish(n);
    }
    await pending;
    assert.equal(told, [
      ['e', 2, 6],
      ['e', 4, 6],
      ['e', 6, 6],
    ]);
  });
}

// Flows that nobody waits for.

test('spawn: the caller goes on, the result waits for what was started', async () => {
  const jobs = work();
  const engine = testEngine({ cards: [jobs.card], ports: { clock: new ManualClock() } });
  const source = deck(
    [
      { id: 's', card: 't.spawn', in: { flow: { flow: 'h' }, n: '7' } },
      { card: 't.return', in: { run: from('/s/run') } },
    ],
    worker,
  );
  let ended = false;
  const pending = engine.run(engine.load(source)).finally(() => {
    ended = true;
  });
  await idle();
  assert.equal(jobs.running, [7], 'its input is converted like any other');
  assert.is(ended, false);
  await jobs.finish(7);
  const { status, value, runId, children, steps } = await pending;
  assert.is(status, 'success');
  assert.is(value, `${runId}/s`);
  assert.equal(children, [{ executionId: `${runId}/s`, flow: 'h', status: 'success', error: null }]);
  assert.is(steps, 3);
});

test('spawn: a failure stays with what was started', async () => {
  const engine = testEngine();
  const source = deck(
    [
      { id: 's', card: 't.spawn', in: { flow: { flow: 'bad' } } },
      { id: 'p', card: 't.spawn', in: { flow: { flow: 'stop' } } },
      { card: 't.return', in: { x: 1 } },
    ],
    helper('bad', [{ id: 'b', card: 't.fail' }]),
    helper('stop', [{ card: 't.continueIf', in: { condition: false } }]),
  );
  const { status, value, children } = await engine.run(engine.load(source));
  assert.is(status, 'success');
  assert.is(value, 1);
  assert.equal(
    children.map(({ flow, status: ended, error }) => [flow, ended, error?.code, error?.at.card]),
    [
      ['bad', 'error', 'test-failure', 'b'],
      ['stop', 'stopped', undefined, undefined],
    ],
  );
});

test('spawn: what was started is waited for also when the flow fails', async () => {
  const jobs = work();
  const clock = new ManualClock();
  const engine = testEngine({ cards: [jobs.card], ports: { clock } });
  const cards: CardNode[] = [
    { card: 't.spawn', in: { flow: { flow: 'h' }, n: 1 } },
    { card: 't.sleep', in: { ms: 5 } },
    { card: 't.fail' },
  ];
  const pending = engine.run(engine.load(deck(cards, worker)));
  await clock.advance(5);
  await jobs.finish(1);
  const { status, children } = await pending;
  assert.is(status, 'error');
  assert.is(children[0]?.status, 'success');
});

test('spawn: an endless chain ends at the limit of steps', async () => {
  const engine = testEngine();
  const source = deck([{ card: 't.spawn', in: { flow: { flow: 'main' } } }]);
  const { children, steps } = await engine.run(engine.load(source), { limits: { steps: 50 } });
  assert.is(steps, 50);
  assert.is(children.filter(({ status }) => status === 'error').length, 1);
});

test.run();
