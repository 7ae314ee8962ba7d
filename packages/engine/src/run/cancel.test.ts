/** Cancelling: everything that waits is told at once, nothing runs on, nothing catches it. */

import { idle, ManualClock } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { defineCard } from '../cards/index.js';
import type { CardNode } from '../document/index.js';
import type { Engine } from '../engine.js';
import type { FlowEvent } from '../observe/index.js';
import { deck, flow, from, helper, testEngine } from '../testing/cards.js';

function setUp() {
  const clock = new ManualClock();
  const seen: string[] = [];
  const signals: AbortSignal[] = [];
  const cards = [
    defineCard({
      id: 'x.seen',
      title: 'X',
      description: 'X.',
      kind: 'pure',
      inputs: [],
      outputs: [],
      run: () => {
        seen.push('ran');
        return {};
      },
    }),
    defineCard({
      id: 'x.hang',
      title: 'X',
      description: 'Never ends.',
      kind: 'effect',
      inputs: [],
      outputs: [],
      run: (ctx) => {
        signals.push(ctx.signal);
        return new Promise<undefined>(() => {});
      },
    }),
    defineCard({
      id: 'x.pure',
      title: 'X',
      description: 'Never ends either.',
      kind: 'pure',
      inputs: [],
      outputs: [],
      run: () => new Promise<undefined>(() => {}),
    }),
  ];
  return { clock, seen, signals, engine: testEngine({ cards, ports: { clock } }) };
}

const SEEN: CardNode = { card: 'x.seen' };
/** Every way in which a run can wait. */
const WAITS: Readonly<Record<string, readonly CardNode[]>> = {
  sleep: [{ id: 'w', card: 't.sleep', in: { ms: 1e9 } }],
  signal: [{ id: 'w', card: 't.wait', in: { signal: 'go', timeout: 1e9 } }],
  effect: [{ id: 'w', card: 'x.hang' }],
  pure: [{ id: 'w', card: 'x.pure' }],
  retry: [{ id: 'w', card: 't.fail', onError: { retry: { times: 3, delay: 1e9, when: 'all' } } }],
  block: [
    {
      card: 't.if',
      in: { condition: true },
      blocks: { then: { cards: [{ id: 'w', card: 't.sleep', in: { ms: 1e9 } }, SEEN] } },
    },
  ],
  call: [{ card: 't.call', in: { flow: { flow: 'h' } } }],
  each: [{ card: 't.each', in: { list: { value: [1, 2, 3] }, flow: { flow: 'h' }, concurrency: 2 } }],
  ignore: [{ card: 't.each', in: { list: { value: [1, 2, 3] }, flow: { flow: 'h' }, concurrency: 2, ignore: true } }],
  spawn: [
    { card: 't.spawn', in: { flow: { flow: 'h' } } },
    { id: 'w', card: 't.sleep', in: { ms: 1e9 } },
  ],
  try: [
    {
      card: 't.try',
      blocks: { try: { cards: [{ id: 'w', card: 't.sleep', in: { ms: 1e9 } }] }, catch: { cards: [SEEN] } },
    },
  ],
  policy: [
    { id: 'w', card: 'x.hang', onError: { then: 'flow', flow: 'handler', retry: { times: 5, delay: 0, when: 'all' } } },
  ],
};

function waiting(engine: Engine, cards: readonly CardNode[]) {
  return engine.load(
    deck(
      [...cards, SEEN],
      helper('h', [{ id: 'w', card: 't.sleep', in: { ms: 1e9 } }, SEEN]),
      helper('handler', [SEEN]),
    ),
  );
}

for (const [name, cards] of Object.entries(WAITS)) {
  for (const watched of [false, true]) {
    test(`cancel: a run that waits (${name}${watched ? ', watched' : ''}) ends at once`, async () => {
      const { clock, seen, signals, engine } = setUp();
      const events: FlowEvent[] = [];
      if (watched) engine.on('*', (event) => events.push(event));
      const handle = engine.start(waiting(engine, cards));
      await clock.advance(10);
      handle.cancel('Somebody said so.');
      const { status, error, outputs } = await handle.result;
      assert.is(status, 'cancelled');
      assert.is(outputs, null);
      assert.is(error?.code, 'cancelled');
      assert.is(error?.message, 'Somebody said so.');
      assert.is(error?.at.card, 'w', 'the innermost card that waits is named');
      const heard = events.length;
      await clock.advance(1e10);
      assert.equal(seen, [], 'nothing runs on');
      assert.is(clock.pending, 0, 'no timer is left');
      assert.is(events.length, heard, 'nothing is told after the end');
      for (const signal of signals) assert.is(signal.aborted, true);
      const ends = events.filter(
        (event) => event.type === 'execution' && event.phase === 'ended' && event.executionId === handle.runId,
      );
      assert.equal(
        ends.map((event) => event.type === 'execution' && event.phase === 'ended' && event.status),
        watched ? ['cancelled'] : [],
      );
    });
  }
}

test('an AbortSignal cancels; its reason is the message', async () => {
  const { clock, engine } = setUp();
  const controller = new AbortController();
  const pending = engine.run(waiting(engine, WAITS['sleep'] ?? []), { signal: controller.signal });
  await clock.advance(1);
  controller.abort(new Error('The client went away.'));
  const { status, error } = await pending;
  assert.is(status, 'cancelled');
  assert.is(error?.message, 'The client went away.');
  const plain = new AbortController();
  const other = engine.run(waiting(engine, WAITS['sleep'] ?? []), { signal: plain.signal });
  await clock.advance(1);
  plain.abort();
  assert.is((await other).error?.message, 'The run was cancelled.');
});

test('a signal that is aborted already: nothing runs', async () => {
  const { seen, engine } = setUp();
  const { status, steps } = await engine.run(engine.load(flow([SEEN])), { signal: AbortSignal.abort() });
  assert.equal([status, steps, seen], ['cancelled', 0, []]);
});

test('a cancel before the run has got anywhere', async () => {
  const { seen, engine, clock } = setUp();
  const handle = engine.start(waiting(engine, WAITS['sleep'] ?? []));
  handle.cancel();
  assert.is((await handle.result).status, 'cancelled');
  assert.equal([seen.length, clock.pending], [0, 0]);
});

test('a cancel after the end changes nothing', async () => {
  const { engine } = setUp();
  const handle = engine.start(engine.load(flow([{ card: 't.give', in: { value: 1 } }])));
  const result = await handle.result;
  handle.cancel();
  handle.cancel();
  await idle();
  assert.is(result.status, 'success');
  assert.is((await handle.result).status, 'success');
});

test('a cancel in the middle of synchronous cards: the next wait ends the run', async () => {
  const handles: { cancel(): void }[] = [];
  const seen: string[] = [];
  const clock = new ManualClock();
  const card = (id: `x.${string}`, run: () => undefined | Promise<undefined>) =>
    defineCard({ id, title: 'X', description: 'X.', kind: 'pure', inputs: [], outputs: [], run });
  const engine = testEngine({
    ports: { clock },
    cards: [
      card('x.cancel', () => void handles[0]?.cancel()),
      card('x.hang', () => new Promise(() => {})),
      card('x.seen', () => void seen.push('ran')),
    ],
  });
  for (const wait of [
    { card: 'x.hang' },
    { card: 't.sleep', in: { ms: 10 } },
    { card: 't.wait', in: { signal: 's' } },
  ] as CardNode[]) {
    const handle = engine.start(
      engine.load(flow([{ card: 't.sleep', in: { ms: 0 } }, { card: 'x.cancel' }, wait, { card: 'x.seen' }])),
    );
    handles[0] = handle;
    await clock.advance(0);
    assert.is((await handle.result).status, 'cancelled');
    assert.equal([seen.length, clock.pending], [0, 0]);
  }
});

test('a card that goes on after the cancel gets nowhere', async () => {
  const told: string[] = [];
  const stubborn = defineCard({
    id: 'x.stubborn',
    title: 'X',
    description: 'X.',
    kind: 'control',
    inputs: [{ key: 'flow', type: 'flow', required: true }],
    outputs: [],
    blocks: { body: { scope: 'scoped' } },
    run: async (target, ctx) => {
      const attempts = [
        () => ctx.sleep(1000),
        () => ctx.waitFor('never'),
        () => ctx.call(target),
        () => ctx.runBlock('body'),
        () => ctx.callEach(target, [1, 2]),
        () => ctx.sleep(1),
      ];
      for (const attempt of attempts) {
        try {
          await attempt();
          told.push('went on');
        } catch (error) {
          told.push((error as { code: string }).code);
        }
      }
      return undefined;
    },
  });
  const seen: string[] = [];
  const note = defineCard({
    id: 'x.seen',
    title: 'X',
    description: 'X.',
    kind: 'pure',
    inputs: [],
    outputs: [],
    run: () => void seen.push('ran'),
  });
  const clock = new ManualClock();
  const engine = testEngine({ cards: [stubborn, note], ports: { clock } });
  const source = deck(
    [{ card: 'x.stubborn', in: { flow: { flow: 'h' } }, blocks: { body: { cards: [SEEN] } } }, SEEN],
    helper('h', [SEEN]),
  );
  const handle = engine.start(engine.load(source));
  await clock.advance(1);
  handle.cancel();
  assert.is((await handle.result).status, 'cancelled');
  await clock.advance(1e6);
  assert.equal(told, ['cancelled', 'cancelled', 'cancelled', 'cancelled', 'cancelled', 'cancelled']);
  assert.equal([seen.length, clock.pending], [0, 0]);
});

test('the cancel of one run leaves the others alone', async () => {
  const { clock, engine } = setUp();
  const loaded = engine.load(
    flow([
      { card: 't.sleep', in: { ms: 100 } },
      { card: 't.give', in: { value: 1 } },
    ]),
  );
  const [one, other] = [engine.start(loaded), engine.start(loaded)];
  await clock.advance(1);
  one.cancel();
  await clock.advance(100);
  assert.is((await one.result).status, 'cancelled');
  assert.is((await other.result).status, 'success');
});

test('signals: delivered to who waits, kept for who comes later, and timed out', async () => {
  const { clock, engine } = setUp();
  const loaded = engine.load(flow([{ id: 'w', card: 't.wait', in: { signal: 'go', timeout: 500 } }]));
  const waits = engine.start(loaded);
  await clock.advance(1);
  waits.signal('go', { answer: 42 });
  assert.equal((await waits.result).value, { answer: 42 });
  const early = engine.start(loaded);
  early.signal('go', null);
  assert.is((await early.result).value, null);
  const late = engine.start(loaded);
  await clock.advance(500);
  const { error } = await late.result;
  assert.equal([error?.code, error?.at.card], ['timeout', 'w']);
  assert.is(clock.pending, 0);
});

test('signals of effects that are done are let go, and abort no more', async () => {
  const signals: AbortSignal[] = [];
  const quick = defineCard({
    id: 'x.quick',
    title: 'X',
    description: 'X.',
    kind: 'effect',
    inputs: [],
    outputs: [],
    run: async (ctx) => {
      signals.push(ctx.signal);
      return undefined;
    },
  });
  const clock = new ManualClock();
  const engine = testEngine({ cards: [quick], ports: { clock } });
  const handle = engine.start(engine.load(flow([{ card: 'x.quick' }, { card: 't.sleep', in: { ms: 1000 } }])));
  await clock.advance(1);
  handle.cancel();
  assert.is((await handle.result).status, 'cancelled');
  assert.equal(
    signals.map(({ aborted }) => aborted),
    [false],
  );
});

test('a connections port that never answers does not keep a cancelled run', async () => {
  const clock = new ManualClock();
  const engine = testEngine({ ports: { clock, connections: { get: () => new Promise<null>(() => {}) } } });
  const loaded = engine.load(flow([{ card: 't.give', connection: 'c', in: { value: from('/context/index') } }]));
  const handle = engine.start(loaded);
  await clock.advance(1);
  handle.cancel();
  assert.is((await handle.result).status, 'cancelled');
  const controller = new AbortController();
  const aborted = engine.run(loaded, { signal: controller.signal });
  await clock.advance(1);
  controller.abort();
  assert.is((await aborted).status, 'cancelled');
});

test('one signal may start any number of runs: one listener, and all of them end', async () => {
  const { signal, abort } = countedSignal();
  const waiting = testEngine().load(flow([{ card: 't.wait', in: { signal: 'never' } }]));
  const engine = testEngine();
  const runs = Array.from({ length: 100 }, () => engine.run(engine.load(waiting.document), { signal }));
  assert.is(signal.added, 1);
  abort();
  const ended = await Promise.all(runs);
  assert.ok(ended.every(({ status }) => status === 'cancelled'));
  const late = await engine.run(engine.load(waiting.document), { signal });
  assert.is(late.status, 'cancelled');
});

test('a run that ended is not touched by its signal, and does not hold it', async () => {
  const { signal, abort } = countedSignal();
  const engine = testEngine();
  const deck = engine.load(flow([{ card: 't.give', in: { value: 1 } }]));
  for (let run = 0; run < 50; run++) assert.is((await engine.run(deck, { signal })).status, 'success');
  assert.is(signal.added, 1);
  abort();
});

/** A signal that counts those who listen. */
function countedSignal() {
  const controller = new AbortController();
  const counted = { added: 0 };
  const add = controller.signal.addEventListener.bind(controller.signal);
  const signal = Object.assign(controller.signal, counted);
  signal.addEventListener = (...args: Parameters<typeof add>) => {
    signal.added++;
    add(...args);
  };
  return { signal, abort: () => controller.abort() };
}

test('a flow beside a run that fails by itself while the run is cancelled has failed, and the others are cancelled', async () => {
  const { engine } = setUp();
  const loaded = engine.load(
    deck(
      [
        { card: 't.spawn', in: { flow: { flow: 'hanging' } } },
        { card: 't.spawn', in: { flow: { flow: 'failing' } } },
        { card: 'x.hang' },
      ],
      helper('hanging', [{ card: 'x.hang' }]),
      helper('failing', [{ id: 'bad', card: 't.fail' }]),
    ),
  );
  const handle = engine.start(loaded, {
    onEvent: (event) => {
      if (event.type === 'card' && event.phase === 'started' && event.card === 'bad') handle.cancel();
    },
  });
  const { status, children } = await handle.result;
  assert.is(status, 'cancelled');
  assert.equal(children.map((child) => `${child.flow} ${child.status} ${child.error?.code}`).sort(), [
    'failing error test-failure',
    'hanging cancelled cancelled',
  ]);
});

test.run();
