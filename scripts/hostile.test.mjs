/** A small part of `npm run hostile`, the same in every run: hostile flows end, and with an error that a host can read. */
import { standard } from '@flowdeck/cards';
import { createEngine, defineCard, definePack } from '@flowdeck/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { hostileFlow, KIND_NAMES } from './hostile/flows.mjs';
import { describeJudgement, judge } from './hostile/judge.mjs';
import { largestFlows } from './hostile/largest.mjs';
import { bareIn, tryHostile } from './hostile/trial.mjs';

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

test('cards with inputs as large as may be are flows that load', () => {
  const engine = createEngine({ packs: [standard] });
  const flows = [...largestFlows('list.')];
  assert.ok(flows.length > 100);
  for (const { card, why, source } of flows) assert.not.throws(() => engine.load(source), `${card}, ${why}`);
});

test('flows that retry do: what is tried once outlives nothing', () => {
  const at = KIND_NAMES.indexOf('retries without end');
  const retries = JSON.stringify(hostileFlow('a', at).source).match(/"retry":\{[^}]*\}/g);
  assert.ok(retries.length > 0 && retries.every((retry) => retry.includes('"when":"all"')), String(retries));
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
          while (process.cpuUsage().user - user < 90_000);
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
  const quiet = { index: 0, lost: null, bare: null, status: 'error', limit: 'wallTimeMs' };
  assert.is(slow.slowest?.card, 'x.slow');
  const { faults, cards } = judge([{ ...slow, ...quiet, overrunMs: slow.slowest.ms + 60 }]);
  assert.match(faults[0].why, 'no card took longer than x.slow');
  assert.equal(Object.keys(cards), ['x.slow']);
  assert.match((await of('x.broken')).bare, 'x is not a function');
  assert.match(bareIn({ error: null, children: [], outputs: { v: 1n } }), 'no JSON text');
});

/** Figures of a flow that ended on time. */
const figures = (more = {}) => ({
  ...{ index: 0, kind: 'k', status: 'error', limit: 'wallTimeMs', overrunMs: 3, heldMs: 4, peakMb: 90 },
  ...{ slowest: null, bare: null, lost: null },
  ...more,
});

for (const [title, more, why] of [
  ['a run that ended on time', {}, null],
  ['a run that ended before its limit', { overrunMs: null }, null],
  ['50 ms and a card', { overrunMs: 340, slowest: { card: 'x.slow', ms: 300 } }, null],
  [
    'cards of 300 ms, one after the other',
    { overrunMs: 640, slowest: { card: 'x.slow', ms: 300 } },
    /640\.0 ms.*x\.slow, 300\.0/,
  ],
  ['51 ms without a card', { overrunMs: 51 }, /51\.0 ms/],
  [
    'a card that takes more than its second',
    { overrunMs: 1_210, slowest: { card: 'x.slow', ms: 1_200 } },
    /one x\.slow/,
  ],
  ['a process that died', { lost: 'ends its process (SIGABRT)', overrunMs: undefined, bare: undefined }, /SIGABRT/],
  ['an error without a code', { bare: 'an error that no code belongs to: no' }, /no code/],
]) {
  test(`judged: ${title}`, () => {
    const { faults } = judge([figures(), figures({ index: 7, ...more })]);
    assert.is(faults.length, why === null ? 0 : 1);
    if (why === null) return;
    assert.is(faults[0].index, 7);
    assert.match(faults[0].why, why);
  });
}

test('the judgement gives the spread, the longest stall, the peak of memory and the longest cards', () => {
  const judgement = judge([
    figures({ heldMs: 20 }),
    figures({ overrunMs: 70, slowest: { card: 'x.slow', ms: 60 }, peakMb: 300 }),
    figures({ kind: 'l', overrunMs: null, status: 'success', limit: null }),
  ]);
  assert.equal(judgement.all, { flows: 3, late: 2, p50: 70, p99: 70, most: 70, stallMs: 20, peakMb: 300 });
  assert.equal(judgement.cards, { 'x.slow': 60 });
  assert.equal(judgement.ends, { wallTimeMs: 2, success: 1 });
  assert.is(judgement.kinds.l.late, 0);
  assert.match(describeJudgement(judgement), /3 hostile flows: 0 crashed or hung, 0 faults/);
});

test.run();
