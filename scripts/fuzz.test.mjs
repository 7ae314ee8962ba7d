/** A small part of `npm run fuzz`, the same in every run: hostile flows end, and with an error that a host can read. */
import { defineCard, definePack } from '@flowdeck/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { hostileFlow, KIND_NAMES } from './fuzz/hostile-flows.mjs';
import { tryHostile } from './fuzz/trial.mjs';

/** What may end such a flow. */
const LIMITS = new Set([
  'wallTimeMs',
  'steps',
  'callDepth',
  'liveFlows',
  'spawnedFlows',
  'heldBytes',
  'listLength',
  'textLength',
  'outputLength',
]);

for (const [index, kind] of KIND_NAMES.entries()) {
  test(`"${kind}" ends, and with an error that a host can read`, async () => {
    for (const flow of [hostileFlow('test', index), hostileFlow('test', index + KIND_NAMES.length)]) {
      const { status, limit, bare } = await tryHostile({ ...flow, limits: { ...flow.limits, wallTimeMs: 60 } });
      assert.is(bare, null);
      assert.ok(['success', 'error', 'cancelled'].includes(status), status);
      if (status === 'error' && limit !== null) assert.ok(LIMITS.has(limit) || limit === 'of', limit);
    }
  });
}

test('a flow is the same for the same seed', () => {
  const texts = [0, 1, 2, 3].map((index) => JSON.stringify(hostileFlow('a', index)));
  assert.equal(
    [0, 1, 2, 3].map((index) => JSON.stringify(hostileFlow('a', index))),
    texts,
  );
  assert.is.not(JSON.stringify(hostileFlow('b', 0)), texts[0]);
});

test('a run that outlives its limit, an error without a code and a result without a JSON text are told', async () => {
  const base = { title: 'X', description: 'X.', kind: 'pure', inputs: [], outputs: [{ key: 'output', type: 'any' }] };
  const pack = definePack({
    name: 'x',
    namespace: 'x',
    version: '1.0.0',
    cards: [
      defineCard({
        ...base,
        id: 'x.slow',
        run: () => {
          const { user } = process.cpuUsage();
          while (process.cpuUsage().user - user < 60_000);
          return { output: 1 };
        },
      }),
      defineCard({
        ...base,
        id: 'x.broken',
        run: () => {
          throw new TypeError('x is not a function');
        },
      }),
      defineCard({ ...base, id: 'x.big', run: () => ({ output: 1n }) }),
    ],
  });
  const of = (card) => {
    const cards = [
      { id: 'c', card },
      { id: 'd', card: 'control.assign', in: { v: 1 } },
    ];
    const source = {
      flowdeck: 1,
      id: 'm',
      type: 'manual',
      cards: [...cards, { card: 'flow.return', in: { v: { from: '/c/output' } } }],
    };
    return tryHostile({ kind: 'x', source, limits: { wallTimeMs: 10 }, cancelMs: null }, [pack]);
  };
  const slow = await of('x.slow');
  assert.ok(slow.overrunMs > 20 && slow.heldMs > 20, JSON.stringify(slow));
  assert.match((await of('x.broken')).bare, 'x is not a function');
  assert.match((await of('x.big')).bare, 'no JSON text');
});

test.run();
