/** Every limit: exact, named with its card, and out of the reach of a catch block where it ends the run. */

import { ManualClock } from '@flowdeck/testing';
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { defineCard } from '../cards/index.js';
import type { CardNode } from '../document/index.js';
import type { Clock, HttpPort } from '../ports/index.js';
import { systemClock } from '../ports/memory/index.js';
import { deck, flow, from, helper, testEngine } from '../testing/cards.js';
import type { Limits } from './limits.js';

/** Pure, and yet more than plain: it wants to know its outputs. */
const sees = defineCard({
  id: 'x.sees',
  title: 'X',
  description: 'X.',
  kind: 'pure',
  inputs: [],
  outputs: [{ key: 'output', type: 'number' }],
  seesOutputs: true,
  run: (outputs) => ({ output: outputs.length }),
});

const engine = testEngine({ cards: [sees] });
/** Its clock stands: on a slow machine others would get a turn in between, which lets items of a window begin. */
const stillClock = { ...systemClock(), elapsed: () => 0 };
const still = testEngine({ cards: [sees], ports: { clock: stillClock } });

async function run(source: unknown, limits: Partial<Limits> = {}, on = engine) {
  return on.run(on.load(source), { limits });
}

const give = (id?: string): CardNode => ({ ...(id ? { id } : {}), card: 't.give', in: { value: 1 } });
const many = (count: number): CardNode[] => Array.from({ length: count }, () => give());
const ret: CardNode = { card: 't.return', in: { x: 1 } };

/** A run passes with exactly the steps that it takes, and with any more; with fewer it fails. */
async function countsExactly(source: unknown, expected: number, on = engine): Promise<void> {
  const free = await run(source, {}, on);
  assert.is(free.steps, expected);
  for (const steps of [expected, expected + 1, expected + 2, expected + 5, expected + 50]) {
    const result = await run(source, { steps }, on);
    assert.is(result.status, free.status, `with a limit of ${steps}: ${result.error?.message}`);
    assert.is(result.steps, expected);
  }
  for (const steps of [expected - 1, Math.floor(expected / 2), 1]) {
    if (steps < 1 || steps >= expected) continue;
    const result = await run(source, { steps }, on);
    assert.is(result.status, 'error', `with a limit of ${steps}`);
    assert.is(result.error?.code, 'limit');
    assert.match(result.error?.message ?? '', /limit steps/);
    assert.type(result.error?.at.card, 'string');
    assert.is(result.steps, steps, 'the card too many is not executed');
  }
}

test('steps: plain cards', () => countsExactly(flow(many(10)), 10));

test('steps: cards after an early Return are not counted', () =>
  countsExactly(
    flow([give(), { card: 't.if', in: { condition: true }, blocks: { then: { cards: [ret] } } }, ...many(30)]),
    3,
  ));

test('steps: cards after a failing one are not counted', () =>
  countsExactly(
    flow([
      {
        card: 't.try',
        blocks: { try: { cards: [give(), { card: 't.fail' }, ...many(30)] }, catch: { cards: [give()] } },
      },
      give(),
    ]),
    5,
  ));

test('steps: nested blocks and calls, sync and async', () =>
  countsExactly(
    deck(
      [
        { id: 'r', card: 't.range', in: { count: 4 } },
        { card: 't.each', in: { list: from('/r/output'), flow: { flow: 'h' }, concurrency: 2 } },
        { card: 't.branch', blocks: { a: { cards: [give(), ret, ...many(20)] } } },
        ...many(3),
      ],
      helper('h', [
        give(),
        { card: 't.sleep', in: { ms: 0 } },
        { card: 't.if', in: { condition: true }, blocks: { then: { cards: [ret] } } },
        ...many(20),
      ]),
    ),
    3 + 3 + 2 + 4 * 4,
  ));

test('steps: async cards between many others', () =>
  countsExactly(
    flow([
      ...many(3),
      { card: 't.sleep', in: { ms: 0 } },
      ...many(3),
      { card: 't.sleep', in: { ms: 0 } },
      { card: 't.continueIf', in: { condition: false } },
      ...many(9),
    ]),
    9,
  ));

test('steps: the error names the first card too many', async () => {
  const { error } = await run(flow([give('a'), give('b'), give('c')]), { steps: 2 });
  assert.is(error?.at.card, 'c');
  assert.is(error?.at.pointer, '/cards/2');
  assert.match(error?.hint ?? '', /raise the limit steps/);
});

test('steps: an endless loop ends, and no catch block keeps it alive', async () => {
  const forever: CardNode = { card: 't.spin', in: { times: 1e9 }, blocks: { body: { cards: [give('inner')] } } };
  const { status, error, steps } = await run(
    flow([{ card: 't.try', blocks: { try: { cards: [forever] }, catch: { cards: [give('caught')] } } }, give('after')]),
    { steps: 1000 },
  );
  assert.is(status, 'error');
  assert.is(error?.code, 'limit');
  assert.is(error?.at.card, 'inner');
  assert.is(steps, 1000);
});

test('steps: a card that swallows the error of its block does not keep the run alive', async () => {
  for (const wait of [false, true]) {
    const seen: string[] = [];
    const own = testEngine({
      cards: [
        defineCard({
          id: 'x.swallow',
          title: 'X',
          description: 'X.',
          kind: 'control',
          inputs: [],
          outputs: [],
          blocks: { body: { scope: 'scoped' } },
          run: (ctx) => {
            const swallow = (): Record<string, never> => ({});
            try {
              const outcome = ctx.runBlock('body');
              return wait ? Promise.resolve(outcome).catch(swallow) : outcome;
            } catch {
              return wait ? Promise.resolve({}) : {};
            }
          },
        }),
        defineCard({
          id: 'x.seen',
          title: 'X',
          description: 'X.',
          kind: 'pure',
          inputs: [],
          outputs: [{ key: 'output', type: 'any' }],
          run: () => {
            seen.push('ran');
            return { output: 1 };
          },
        }),
      ],
    });
    const source = flow([
      { card: 'x.swallow', blocks: { body: { cards: many(9) } } },
      { card: 'x.seen' },
      { card: 'x.seen' },
    ]);
    const { status, error } = await run(source, { steps: 5 }, own);
    assert.is(status, 'error');
    assert.is(error?.code, 'limit');
    assert.equal(seen, [], 'nothing runs on');
  }
});

test('callDepth: names the limit and the calling card, and can be caught', async () => {
  const recursive = helper('down', [{ id: 'again', card: 't.call', in: { flow: { flow: 'down' } } }]);
  const { error } = await run(deck([{ card: 't.call', in: { flow: { flow: 'down' } } }], recursive), { callDepth: 5 });
  assert.is(error?.code, 'limit');
  assert.match(error?.message ?? '', /limit callDepth/);
  assert.is(error?.at.card, 'again');
  const caught = await run(
    deck(
      [
        {
          card: 't.try',
          blocks: { try: { cards: [{ card: 't.call', in: { flow: { flow: 'down' } } }] }, catch: { cards: [give()] } },
        },
        ret,
      ],
      recursive,
    ),
    { callDepth: 5 },
  );
  assert.is(caught.status, 'success');
});

test('callDepth: exactly so many calls are allowed', async () => {
  const source = deck(
    [{ card: 't.call', in: { flow: { flow: 'a' } } }],
    helper('a', [{ card: 't.call', in: { flow: { flow: 'b' } } }]),
    helper('b', [give()]),
  );
  assert.is((await run(source, { callDepth: 2 })).status, 'success');
  assert.is((await run(source, { callDepth: 1 })).status, 'error');
});

test('callDepth: a recursion that the call stack cannot hold is a limit too, not a crash', async () => {
  const source = deck(
    [{ card: 't.call', in: { flow: { flow: 'down' } } }],
    helper('down', [{ id: 'again', card: 't.call', in: { flow: { flow: 'down' } } }]),
  );
  const { status, error } = await run(source, { callDepth: 1e9, steps: 1e9 });
  assert.is(status, 'error');
  assert.is(error?.code, 'limit');
  assert.match(error?.message ?? '', /call stack/);
  assert.type(error?.at.card, 'string');
  assert.is((await run(flow([give()]))).status, 'success', 'the engine is none the worse');
});

test('listLength and textLength: names limit and card; at the limit all is well', async () => {
  const list = flow([{ id: 'r', card: 't.range', in: { count: 11 } }]);
  assert.is((await run(list, { listLength: 11 })).status, 'success');
  const long = await run(list, { listLength: 10 });
  assert.is(long.error?.code, 'limit');
  assert.match(long.error?.message ?? '', /length 11.*listLength \(10\)/);
  assert.is(long.error?.at.card, 'r');
  const text = flow([{ id: 'c', card: 't.text', in: { value: 'x'.repeat(11) } }]);
  assert.is((await run(text, { textLength: 11 })).status, 'success');
  const wide = await run(text, { textLength: 10 });
  assert.match(wide.error?.message ?? '', /length 11.*textLength \(10\)/);
  assert.is(wide.error?.at.card, 'c');
});

test('listLength and textLength hold for every kind of card', async () => {
  const base = { title: 'X', description: 'X.', inputs: [] } as const;
  const two = [
    { key: 'output', type: 'any' },
    { key: 'more', type: 'any' },
  ] as const;
  const own = testEngine({
    cards: [
      defineCard({
        ...base,
        id: 'x.two',
        kind: 'pure',
        outputs: two,
        run: () => ({ output: 1, more: 'x'.repeat(20) }),
      }),
      defineCard({
        ...base,
        id: 'x.later',
        kind: 'pure',
        outputs: two,
        run: async () => ({ output: 'x'.repeat(20), more: 1 }),
      }),
      defineCard({
        ...base,
        id: 'x.effect',
        kind: 'effect',
        outputs: two,
        run: () => ({ output: 'x'.repeat(20), more: 1 }),
      }),
    ],
  });
  for (const card of ['x.two', 'x.later', 'x.effect']) {
    const { error } = await run(flow([{ id: 'c', card }]), { textLength: 10 }, own);
    assert.is(error?.code, 'limit', card);
    assert.is(error?.at.card, 'c');
  }
});

test('payloadBytes: requests and answers, counted in bytes', async () => {
  const http: HttpPort = {
    request: async ({ url }) => ({ status: 200, statusText: 'OK', headers: {}, body: new Uint8Array(20), url }),
  };
  const send = defineCard({
    id: 'x.send',
    title: 'X',
    description: 'X.',
    kind: 'effect',
    inputs: [{ key: 'body', type: 'text', required: true }],
    outputs: [{ key: 'status', type: 'number' }],
    run: async (body, ctx) => ({
      status: (await ctx.http.request({ method: 'POST', url: 'http://x.test/', headers: {}, body })).status,
    }),
  });
  const own = testEngine({ cards: [send], ports: { http } });
  const of = (body: string) => flow([{ id: 's', card: 'x.send', in: { body } }]);
  assert.is((await run(of('x'.repeat(20)), { payloadBytes: 20 }, own)).status, 'success');
  for (const body of ['x'.repeat(21), '\u00e9'.repeat(11), '\u{1f600}'.repeat(6)]) {
    const { error } = await run(of(body), { payloadBytes: 20 }, own);
    assert.match(error?.message ?? '', /request of 2\d bytes.*payloadBytes \(20\)/);
    assert.is(error?.at.card, 's');
  }
  assert.match((await run(of(''), { payloadBytes: 19 }, own)).error?.message ?? '', /answer of 20 bytes/);
});

test('wallTimeMs: ends a run that waits; names the limit and the waiting card', async () => {
  const clock = new ManualClock();
  const own = testEngine({ ports: { clock } });
  const nap: CardNode = { id: 'nap', card: 't.sleep', in: { ms: 60_000 } };
  const source = flow([{ card: 't.try', blocks: { try: { cards: [nap] }, catch: { cards: [give()] } } }, give()]);
  const pending = run(source, { wallTimeMs: 1000 }, own);
  await clock.advance(1000);
  const { status, error, durationMs } = await pending;
  assert.is(status, 'error');
  assert.is(error?.code, 'limit');
  assert.match(error?.message ?? '', /wallTimeMs/);
  assert.is(error?.at.card, 'nap');
  assert.is(durationMs, 1000);
  assert.is(clock.pending, 0, 'no timer is left');
});

test('wallTimeMs: is heard by the first of many waits that are due together, before its own timer', async () => {
  let now = 0;
  const timers: (() => void)[] = [];
  const late: Clock = {
    ...systemClock(),
    elapsed: () => now,
    after: (ms, callback) => {
      // Those of waits; that of the wall time comes behind all of them.
      if (ms < 100) timers.push(callback);
      return () => undefined;
    },
  };
  const own = testEngine({ ports: { clock: late } });
  const waits = [{ card: 't.sleep', in: { ms: 1 } }, { card: 't.sleep', in: { ms: 2 } }, ret];
  const pending = own.run(own.load(flow(waits)), { limits: { wallTimeMs: 1000 } });
  now = 2000;
  timers.shift()?.();
  const { error } = await pending;
  assert.match(error?.message ?? '', /wallTimeMs/);
  assert.is(timers.length, 0, 'no further wait began');
});

test('wallTimeMs: ends a run that never waits', async () => {
  const clock = new ManualClock({ perReading: 1 });
  const own = testEngine({ ports: { clock } });
  const source = flow([{ id: 'l', card: 't.spin', in: { times: 1e9 }, blocks: { body: { cards: [give('inner')] } } }]);
  const { error } = await run(source, { wallTimeMs: 50, steps: 1e12 }, own);
  assert.is(error?.code, 'limit');
  assert.match(error?.message ?? '', /wallTimeMs/);
  assert.is(error?.at.card, 'l');
});

test('wallTimeMs: ends a synchronous loop over items', async () => {
  const clock = new ManualClock({ perReading: 1 });
  const own = testEngine({ ports: { clock } });
  const source = deck(
    [
      { id: 'r', card: 't.range', in: { count: 1_000_000 } },
      { id: 'e', card: 't.each', in: { list: from('/r/output'), flow: { flow: 'h' } } },
    ],
    helper('h', [give()]),
  );
  const { error } = await run(source, { wallTimeMs: 500, steps: 1e12 }, own);
  assert.is(error?.code, 'limit');
  assert.match(error?.message ?? '', /wallTimeMs/);
  assert.ok(clock.yields > 0, 'the event loop had its turns');
});

test('cardTimeMs: an effect that takes too long fails, is told so, and can be caught', async () => {
  const clock = new ManualClock();
  const signals: AbortSignal[] = [];
  const hang = (id: `x.${string}`, timeoutMs?: number) =>
    defineCard({
      id,
      title: 'X',
      description: 'X.',
      kind: 'effect',
      inputs: [],
      outputs: [],
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      run: (ctx) => {
        signals.push(ctx.signal);
        return new Promise<undefined>(() => {});
      },
    });
  const own = testEngine({ cards: [hang('x.hang'), hang('x.own', 70)], ports: { clock } });
  for (const [node, ms] of [
    [{ id: 'h', card: 'x.hang' }, 300],
    [{ id: 'h', card: 'x.own' }, 70],
    [{ id: 'h', card: 'x.own', timeout: 40 }, 40],
  ] as const) {
    const pending = run(flow([node]), { cardTimeMs: 300 }, own);
    await clock.advance(ms - 1);
    assert.is(signals.at(-1)?.aborted, false);
    await clock.advance(1);
    const { error, durationMs } = await pending;
    assert.is(error?.code, 'timeout');
    assert.match(error?.message ?? '', new RegExp(`"h".*${ms} ms`));
    assert.is(error?.at.card, 'h');
    assert.is(durationMs, ms);
    assert.is(signals.at(-1)?.aborted, true);
    assert.is(clock.pending, 0);
  }
  const caught = run(
    flow([{ card: 't.try', blocks: { try: { cards: [{ card: 'x.own' }] }, catch: { cards: [ret] } } }, give('after')]),
    {},
    own,
  );
  await clock.advance(70);
  assert.is((await caught).status, 'success');
});

test('cardTimeMs does not limit cards that wait for flows or for time', async () => {
  const clock = new ManualClock();
  const own = testEngine({ ports: { clock } });
  const pending = run(flow([{ card: 't.sleep', in: { ms: 1_000_000 } }]), { cardTimeMs: 10 }, own);
  await clock.advance(1_000_000);
  assert.is((await pending).status, 'success');
});

test('concurrency: no per-item card exceeds the limit, whatever it asks for', async () => {
  let now = 0;
  let most = 0;
  const busy = defineCard({
    id: 'x.busy',
    title: 'X',
    description: 'X.',
    kind: 'effect',
    inputs: [],
    outputs: [],
    run: async () => {
      most = Math.max(most, ++now);
      await Promise.resolve();
      now--;
      return undefined;
    },
  });
  const own = testEngine({ cards: [busy] });
  const source = deck(
    [
      { id: 'r', card: 't.range', in: { count: 40 } },
      { card: 't.each', in: { list: from('/r/output'), flow: { flow: 'h' }, concurrency: 1000 } },
    ],
    helper('h', [{ card: 'x.busy' }]),
  );
  assert.is((await run(source, { concurrency: 7 }, own)).status, 'success');
  assert.is(most, 7);
});

test('a limit that is no positive number is refused, not taken for "unlimited"', async () => {
  for (const steps of [Number.NaN, -1, 0, '5']) {
    const limits = { steps } as unknown as Partial<Limits>;
    assert.throws(
      () => testEngine({ limits }),
      (error: { code?: string }) => error.code === 'limit-invalid',
    );
    let refused: unknown;
    try {
      await run(flow([give()]), limits);
    } catch (error) {
      refused = error;
    }
    assert.is((refused as { code?: string } | undefined)?.code, 'limit-invalid', String(steps));
  }
  const absent = { steps: undefined } as unknown as Partial<Limits>;
  assert.is(
    (await run(flow([give(), give()]), absent, testEngine({ limits: { steps: 1 } }))).error?.code,
    'limit',
    'undefined leaves the limit as it is',
  );
});

// A small world of flows: plain cards, arms, try blocks, returns, failures, stops, naps.
interface Shape {
  readonly kind: 'give' | 'sees' | 'fail' | 'return' | 'stop' | 'nap' | 'if' | 'try' | 'branch' | 'each';
  readonly inner: readonly Shape[];
}
const leaf = fc
  .constantFrom<Shape['kind']>('give', 'give', 'sees', 'fail', 'return', 'stop', 'nap')
  .map((kind) => ({ kind, inner: [] }));
const { shapes } = fc.letrec<{ shape: Shape; shapes: Shape[] }>((tie) => ({
  shape: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.record({ kind: fc.constantFrom<Shape['kind']>('if', 'try', 'branch', 'each'), inner: tie('shapes') }),
  ),
  shapes: fc.array(tie('shape'), { maxLength: 5 }),
}));

function build(all: readonly Shape[]): unknown {
  const helpers: { id: string; cards: CardNode[] }[] = [];
  const cardsOf = (list: readonly Shape[]): CardNode[] => list.map(cardOf);
  const cardOf = ({ kind, inner }: Shape): CardNode => {
    switch (kind) {
      case 'give':
        return give();
      case 'sees':
        return { card: 'x.sees' };
      case 'fail':
        return { card: 't.fail' };
      case 'return':
        return ret;
      case 'stop':
        return { card: 't.continueIf', in: { condition: false } };
      case 'nap':
        return { card: 't.sleep', in: { ms: 0 } };
      case 'if':
        return { card: 't.if', in: { condition: true }, blocks: { then: { cards: cardsOf(inner) } } };
      case 'try':
        return {
          card: 't.try',
          blocks: { try: { cards: cardsOf(inner) }, catch: { cards: cardsOf(inner.slice(0, 2)) } },
        };
      case 'branch':
        return { card: 't.branch', blocks: { only: { cards: cardsOf(inner) } } };
      case 'each': {
        const id = `h${helpers.length}`;
        helpers.push({ id, cards: [] });
        helpers[helpers.length - 1] = { id, cards: cardsOf(inner) };
        const at = helpers.findIndex((one) => one.id === id);
        helpers[at] = { id, cards: cardsOf(inner) };
        return { card: 't.each', in: { list: { value: [1, 2, 3] }, flow: { flow: id }, concurrency: 2 } };
      }
    }
  };
  const cards = cardsOf(all);
  return deck(cards, ...helpers.map(({ id, cards: inner }) => helper(id, inner)));
}

test('law: a run with just enough steps, or more, is the run without a limit', async () => {
  await fc.assert(
    fc.asyncProperty(shapes, fc.integer({ min: 0, max: 40 }), async (all, more) => {
      const source = build(all);
      const free = await run(source, {}, still);
      if (free.steps === 0) return;
      const tight = await run(source, { steps: free.steps + more }, still);
      assert.equal(
        [tight.status, tight.value, tight.steps, tight.error?.message],
        [free.status, free.value, free.steps, free.error?.message],
      );
      if (free.steps > 1) assert.is((await run(source, { steps: free.steps - 1 }, still)).error?.code, 'limit');
    }),
    { numRuns: 150 },
  );
});

test('law: a watched run ends like one that nobody watches', async () => {
  const engines = (['*', 'run', 'card', 'log'] as const).map((type) => {
    const watched = testEngine({ cards: [sees], ports: { clock: stillClock } });
    watched.on(type as '*', () => {});
    return watched;
  });
  await fc.assert(
    fc.asyncProperty(shapes, fc.constantFrom(...engines), async (all, watched) => {
      const source = build(all);
      const [quiet, seen] = [await run(source, {}, still), await run(source, {}, watched)];
      assert.equal(
        [seen.status, seen.value, seen.steps, seen.error?.message, seen.error?.at.pointer],
        [quiet.status, quiet.value, quiet.steps, quiet.error?.message, quiet.error?.at.pointer],
      );
    }),
    { numRuns: 150 },
  );
});

test('law: the same ports give the same events', async () => {
  const eventsOf = async (source: unknown): Promise<string> => {
    const clock = new ManualClock();
    let id = 0;
    const own = testEngine({
      cards: [sees],
      ports: {
        clock,
        ids: { run: () => `run-${id++}` },
        random: { number: () => 0.5, bytes: (n) => new Uint8Array(n) },
      },
    });
    const events: unknown[] = [];
    own.on('*', (event) => events.push(event));
    const pending = run(source, {}, own);
    for (let turn = 0; turn < 30; turn++) await clock.advance(0);
    await pending;
    assert.ok(events.length > 1);
    return JSON.stringify(events);
  };
  await fc.assert(
    fc.asyncProperty(shapes, async (all) => {
      const source = build(all);
      assert.is(await eventsOf(source), await eventsOf(source));
    }),
    { numRuns: 40 },
  );
});

test('liveFlows and spawnedFlows end the whole run, however its flows multiply', async () => {
  const again: CardNode = { card: 't.spawn', in: { flow: { flow: 'h' } } };
  const fork = deck([again], helper('h', [again, again]));
  const chain = deck([again], helper('h', [again]));
  for (const [source, limits, name] of [
    [fork, { liveFlows: 20 }, 'liveFlows'],
    [chain, { spawnedFlows: 50 }, 'spawnedFlows'],
    [chain, { steps: 30 }, 'steps'],
  ] as const) {
    const { status, error, outputs } = await run(source, limits);
    assert.is(status, 'error', name);
    assert.is(outputs, null);
    assert.match(error?.message ?? '', name);
  }
});

test('flows that start each other without end are stopped by the wall time, and hear a cancel', async () => {
  const again: CardNode = { card: 't.spawn', in: { flow: { flow: 'h' } } };
  const source = deck([again], helper('h', [again]));
  const limits = { spawnedFlows: Number.POSITIVE_INFINITY };
  assert.match((await run(source, { ...limits, wallTimeMs: 30 })).error?.message ?? '', 'wallTimeMs');
  const signal = AbortSignal.timeout(20);
  assert.is((await engine.run(engine.load(source), { limits, signal })).status, 'cancelled');
});

test('flows that have not begun when a run is cancelled never do, and are told as cancelled', async () => {
  const begun: string[] = [];
  const stops = defineCard({
    id: 'x.stops',
    title: 'Stops',
    description: 'Cancels the run at its third turn.',
    kind: 'pure',
    inputs: [],
    outputs: [],
    run: () => {
      begun.push('turn');
      if (begun.length === 3) cancelling.abort();
      return undefined;
    },
  });
  const cancelling = new AbortController();
  const own = testEngine({ cards: [stops] });
  const again: CardNode = { card: 't.spawn', in: { flow: { flow: 'h' } } };
  const source = deck(
    Array.from({ length: 40 }, () => again),
    helper('h', [{ card: 'x.stops' }]),
  );
  const { status, children } = await own.run(own.load(source), { signal: cancelling.signal });
  assert.equal([status, begun.length, children.length], ['cancelled', 3, 40]);
  assert.is(children.filter((child) => child.status === 'cancelled').length, 37);
});

test('a row of cards hears a cancel, although none of them waits', async () => {
  const busy = defineCard({
    id: 'x.busy',
    title: 'Busy',
    description: 'Takes its time.',
    kind: 'pure',
    inputs: [],
    outputs: [],
    run: () => {
      for (const end = performance.now() + 3; performance.now() < end; );
      return undefined;
    },
  });
  const own = testEngine({ cards: [busy] });
  const row: CardNode[] = Array.from({ length: 400 }, () => ({ card: 'x.busy' }));
  const result = await own.run(own.load(flow(row)), { signal: AbortSignal.timeout(15) });
  assert.is(result.status, 'cancelled');
});

/** Every look at the clock finds that others are due their turn. */
function hurriedClock() {
  let now = 0;
  return { ...systemClock(), elapsed: () => (now += 20) };
}

test('wallTimeMs: cards that take long without being large are stopped after a few, in a row and in a loop', async () => {
  let now = 0;
  let ran = 0;
  const slow = defineCard({
    ...{ id: 'x.slow', title: 'Slow', description: 'Takes 60 ms.', kind: 'pure', inputs: [], outputs: [] },
    run: () => {
      ran++;
      now += 60;
      return {};
    },
  });
  const own = testEngine({ cards: [slow], ports: { clock: { ...systemClock(), elapsed: () => now } } });
  const row: CardNode[] = Array.from({ length: 200 }, () => ({ card: 'x.slow' }));
  const loop = deck(
    [
      { id: 'r', card: 't.range', in: { count: 200 } },
      { card: 't.each', in: { list: from('/r/output'), flow: { flow: 'h' } } },
    ],
    helper('h', row.slice(0, 2)),
  );
  for (const source of [flow(row), loop]) {
    ran = 0;
    now = 0;
    const { status, error } = await run(source, { wallTimeMs: 100 }, own);
    assert.is(status, 'error');
    assert.match(error?.message ?? '', 'wallTimeMs');
    // A row of plain cards is counted once in 32 of them.
    assert.ok(ran <= 32, `${ran} cards`);
  }
});

test('wallTimeMs: a run that works with a large value looks up after every card, heard or not', async () => {
  let now = 0;
  let ran = 0;
  const slow = defineCard({
    ...{ id: 'x.slow', title: 'Slow', description: 'Takes 60 ms.', kind: 'pure', outputs: [] },
    inputs: [{ key: 'text', type: 'text' }],
    run: () => {
      ran++;
      now += 60;
      return {};
    },
  });
  const own = testEngine({ cards: [slow], ports: { clock: { ...systemClock(), elapsed: () => now } } });
  const row: CardNode[] = Array.from({ length: 200 }, () => ({ card: 'x.slow', in: { text: from('/t/output') } }));
  const loaded = own.load(flow([{ id: 't', card: 't.text', in: { value: 'x'.repeat(5_000) } }, ...row]));
  for (const heard of [{}, { onEvent: () => {} }]) {
    ran = 0;
    now = 0;
    const { error } = await own.run(loaded, { limits: { wallTimeMs: 100 }, ...heard });
    assert.match(error?.message ?? '', 'wallTimeMs');
    assert.ok(ran <= 3, `${ran} cards`);
  }
});

test('when others get their turn changes nothing about which cards run', async () => {
  const hurried = testEngine({ ports: { clock: hurriedClock() } });
  const source = deck(
    [
      { id: 'r', card: 't.range', in: { count: 12 } },
      { card: 't.each', in: { list: from('/r/output'), flow: { flow: 'h' }, concurrency: 5 } },
    ],
    helper('h', [...many(600), { card: 't.fail' }]),
  );
  // The first item gives others their turn more than once, and fails: no other item begins meanwhile.
  for (const on of [still, hurried]) await countsExactly(source, 2 + 601, on);
});

test('the event loop has its turns in loops whose looks at the clock come where nothing can wait', async () => {
  // What others are due where a flow is started, or a row of cards counted, is given by the next call.
  const rows: readonly (readonly CardNode[])[] = [[{ card: 't.spawn', in: { flow: { flow: 'm' } } }], many(12)];
  for (const cards of rows) {
    const clock = new ManualClock({ perReading: 0.5 });
    const seen: number[] = [];
    const last = defineCard({
      ...{ id: 'x.last', title: 'Last', description: 'Comes after the loop.', kind: 'effect', inputs: [], outputs: [] },
      run: () => {
        seen.push(clock.yields);
        return {};
      },
    });
    const own = testEngine({ cards: [last], ports: { clock } });
    const source = deck(
      [
        { id: 'r', card: 't.range', in: { count: 5_000 } },
        { card: 't.each', in: { list: from('/r/output'), flow: { flow: 'h' } } },
        { card: 'x.last' },
      ],
      helper('h', cards),
      helper('m', [give()]),
    );
    const { status, durationMs } = await run(source, { liveFlows: 5_000 }, own);
    assert.is(status, 'success');
    assert.ok((seen[0] ?? 0) > 20, `${seen[0]} turns in a run of ${durationMs} ms`);
  }
});

test('the event loop has its turns, and what a run holds is weighed, where the time of the flow stands still', async () => {
  let real = 0;
  let yields = 0;
  const clock: Clock = {
    ...systemClock(),
    elapsed: () => 0,
    real: () => (real += 2),
    yield: () => {
      yields++;
      return systemClock().yield();
    },
  };
  const own = testEngine({ ports: { clock } });
  const range: CardNode = { id: 'r', card: 't.range', in: { count: 5_000 } };
  const loop: CardNode = { card: 't.each', in: { list: from('/r/output'), flow: { flow: 'h' } } };
  const source = deck([range, loop], helper('h', [give()]));
  assert.is((await run(source, {}, own)).status, 'success');
  assert.ok(yields > 20, `${yields} turns`);
  const { error } = await run(source, { heldBytes: 1_000 }, own);
  assert.match(error?.message ?? '', 'heldBytes');
});

test('heldBytes: lists of texts that are each within their limit end the run; dropped ones do not', async () => {
  const long = defineCard({
    id: 'x.long',
    title: 'Long',
    description: 'A text of 100,000 characters.',
    kind: 'pure',
    inputs: [{ key: 'n', type: 'number' }],
    outputs: [{ key: 'output', type: 'text' }],
    run: (n) => ({ output: `${n}`.padEnd(100_000) }),
  });
  const own = testEngine({ cards: [long], ports: { clock: hurriedClock() } });
  const gathered = deck(
    [
      { id: 'r', card: 't.range', in: { count: 200 } },
      { card: 't.each', in: { list: from('/r/output'), flow: { flow: 'h' } } },
    ],
    helper('h', [{ id: 'l', card: 'x.long', in: { n: 1 } }]),
  );
  const dropped = flow(Array.from({ length: 200 }, () => ({ card: 'x.long', in: { n: 1 } })));
  const limits = { heldBytes: 5_000_000 };
  const { status, error } = await run(gathered, limits, own);
  assert.is(status, 'error');
  assert.match(error?.message ?? '', 'heldBytes (5000000 bytes');
  assert.is((await run(gathered, { heldBytes: 100_000_000 }, own)).status, 'success');
  assert.is((await run(dropped, limits, own)).status, 'success');
});

test('wallTimeMs: an expression that meets the end of the run does not take it for its own', async () => {
  const on = testEngine({ ports: { clock: hurriedClock() } });
  const source = flow([{ card: 't.assign', in: { sum: { expr: '$sum([1..5000].($ * 2))' } } }]);
  const { status, error } = await run(source, { wallTimeMs: 500 }, on);
  assert.is(status, 'error');
  assert.match(error?.message ?? '', 'wallTimeMs');
});

test('the JSON text of a result has no cause', async () => {
  const { error } = await run(flow([{ card: 't.fail' }]));
  assert.ok(error?.cause);
  assert.not.ok('cause' in JSON.parse(JSON.stringify(error)));
});

test.run();
