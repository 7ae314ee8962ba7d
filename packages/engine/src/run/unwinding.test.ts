/** The end of a run with many flows under way: told in one pass, and never at the cost of a long turn. */
import { promiseHooks } from 'node:v8';
import { idle } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { defineCard } from '../cards/index.js';
import type { CardNode } from '../document/index.js';
import type { FlowEvent } from '../observe/index.js';
import type { Clock } from '../ports/index.js';
import { deck, helper, testEngine } from '../testing/cards.js';

/** Hands back what it waits for, as Wait For does. */
const REST = defineCard({
  id: 'x.rest',
  title: 'X',
  description: 'Waits.',
  kind: 'control',
  inputs: [],
  outputs: [],
  run: (ctx) => ctx.sleep(1e9),
});

/** A clock that stands still, and counts the timers that were let go of in each turn. */
function stillClock(): Clock & { readonly perTurn: number[]; readonly pending: number } {
  let [pending, stopped] = [0, 0];
  const perTurn: number[] = [];
  return {
    now: () => 0,
    elapsed: () => 0,
    after() {
      pending++;
      return () => {
        pending--;
        stopped++;
      };
    },
    async yield() {
      await idle();
      perTurn.push(stopped);
      stopped = 0;
    },
    perTurn,
    get pending() {
      return pending;
    },
  };
}

const UNBOUND = { liveFlows: 1e6, spawnedFlows: 1e6, concurrency: 1e6 };

/** A flow that has so many others wait. */
function many(count: number, starts: CardNode, waits: readonly CardNode[]) {
  const list = Array.from({ length: count }, (_, index) => index);
  return deck(
    [
      { card: 't.each', in: { list: { value: list }, flow: { flow: 'start' } } },
      { id: 'main', card: 'x.rest' },
    ],
    helper('start', [starts]),
    helper('h', waits),
  );
}

const SPAWNS: CardNode = { card: 't.spawn', in: { flow: { flow: 'h' } } };

/** Promises that were settled while `work` was under way. */
async function settledBy(work: () => Promise<unknown>): Promise<number> {
  let settled = 0;
  const stop = promiseHooks.onSettled(() => {
    settled++;
  });
  try {
    await work();
  } finally {
    stop();
  }
  return settled;
}

test('sleeping flows that nobody waits for end with their run in one pass, however many they are', async () => {
  const clock = stillClock();
  const engine = testEngine({ cards: [REST], ports: { clock } });
  const loaded = engine.load(many(20_000, SPAWNS, [{ card: 'x.rest' }]));
  const handle = engine.start(loaded, { limits: UNBOUND });
  while (clock.pending < 20_001) await idle();
  const settled = await settledBy(() => {
    handle.cancel();
    return handle.result;
  });
  assert.ok(settled < 200, `${settled} promises`);
  const { status, children, omitted } = await handle.result;
  assert.equal([status, children.length, omitted.children, clock.pending], ['cancelled', 500, 19_500, 0]);
  assert.equal([children[0]?.status, children[0]?.flow, children[0]?.error?.code], ['cancelled', 'h', 'cancelled']);
  assert.is(children[0]?.executionId.startsWith(`${handle.runId}/`), true);
});

test('those who listen hear of the end of each of them', async () => {
  const clock = stillClock();
  const engine = testEngine({ cards: [REST], ports: { clock } });
  const events: FlowEvent[] = [];
  const loaded = engine.load(many(50, SPAWNS, [{ card: 'x.rest' }]));
  const handle = engine.start(loaded, { onEvent: (event) => events.push(event) });
  while (clock.pending < 51) await idle();
  handle.cancel();
  const { children } = await handle.result;
  const ended = events.filter((event) => event.type === 'execution' && event.phase === 'ended' && event.flow === 'h');
  assert.equal([ended.length, children.length, clock.pending], [50, 50, 0]);
});

test('a card that waits for more than its own sleep is told, and cleans up', async () => {
  const clock = stillClock();
  let cleaned = 0;
  const careful = defineCard({
    id: 'x.careful',
    title: 'X',
    description: 'Cleans up.',
    kind: 'control',
    inputs: [],
    outputs: [],
    blocks: { body: { scope: 'scoped' } },
    run: async (ctx) => {
      try {
        await ctx.runBlock('body');
      } finally {
        cleaned++;
      }
      return undefined;
    },
  });
  const engine = testEngine({ cards: [REST, careful], ports: { clock } });
  const inner: CardNode = { card: 'x.careful', blocks: { body: { cards: [{ card: 'x.rest' }] } } };
  const handle = engine.start(engine.load(many(10, SPAWNS, [inner])));
  while (clock.pending < 11) await idle();
  handle.cancel();
  const { children } = await handle.result;
  assert.equal([cleaned, children.length, clock.pending], [10, 10, 0]);
});

test('where many are told of the end, the event loop has its turns in between', async () => {
  const clock = stillClock();
  const engine = testEngine({ cards: [REST], ports: { clock } });
  const each: CardNode = {
    card: 't.each',
    in: { list: { value: Array.from({ length: 5_000 }, () => 0) }, flow: { flow: 'h' }, concurrency: 5_000 },
  };
  const handle = engine.start(engine.load(deck([each], helper('h', [{ card: 'x.rest' }]))), { limits: UNBOUND });
  while (clock.pending < 5_000) await idle();
  clock.perTurn.length = 0;
  handle.cancel();
  assert.is((await handle.result).status, 'cancelled');
  assert.is(clock.pending, 0);
  assert.ok(clock.perTurn.length >= 4 && Math.max(...clock.perTurn) <= 1_000, String(clock.perTurn));
});

test.run();
