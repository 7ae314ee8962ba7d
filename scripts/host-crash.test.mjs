// `npm run crash -- --host` in small: a host is killed in its midst, and nothing is lost or done twice; and its judge says no.
import { existsSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { isKept, judge } from './crash/judge.mjs';

const step = (subject, what, epoch) => ({ subject, what, epoch });
const GOOD = {
  accepted: ['m1'],
  refused: ['m2'],
  orders: ['o1'],
  effects: [
    step('m1', 'first', 1),
    step('o1', 'first', 1),
    step('m1', 'first', 2),
    step('m1', 'second', 2),
    step('o1', 'second', 2),
    step('o1', 'second', 3),
  ],
  left: ['stray'],
  known: new Set(['h1']),
  wishes: [],
  connection: 'ready',
};

test('the judge lets pass what is done again because its process was killed meanwhile', () => {
  assert.ok(isKept(judge(GOOD)));
});

for (const [fault, change] of [
  [{ lost: ['m3'] }, { accepted: ['m1', 'm3'] }],
  [{ lost: ['o2'] }, { orders: ['o1', 'o2'] }],
  [{ doubled: ['m1'] }, { effects: [...GOOD.effects, step('m1', 'second', 2)] }],
  [{ doubled: ['m1'] }, { effects: [...GOOD.effects, step('m1', 'first', 3)] }],
  [{ doubled: ['m4'] }, { effects: [...GOOD.effects, step('m4', 'second', 3)] }],
  [{ orphans: ['m2'] }, { effects: [...GOOD.effects, step('m2', 'first', 1)] }],
  [{ forgotten: ['h1'] }, { left: ['stray', 'h1'] }],
  [{ wishes: ['on'] }, { wishes: ['on'] }],
  [{ tokens: ['needs-login'] }, { connection: 'needs-login' }],
]) {
  test(`the judge says no to ${JSON.stringify(fault)}`, () => {
    const verdict = judge({ ...GOOD, ...change });
    assert.not.ok(isKept(verdict));
    for (const [name, found] of Object.entries(fault)) assert.equal(verdict[name], found);
  });
}

/** Those that take no waiting. `npm run crash -- --host` kills at all of them. */
const AIMS = ['register', 'deliver', 'poll', 'refresh', 'off'];

test('a host is killed at its steps, and nothing is lost, forgotten or done twice', async () => {
  if (!existsSync(new URL('../packages/cli/dist/index.js', import.meta.url))) {
    console.log('SKIPPED: kills of a host (packages/cli is not built; run "npm run build")');
    return;
  }
  const { crashHost } = await import('./crash/host.mjs');
  let state = 7;
  const draw = (most) => {
    state = (state * 48_271 + 11) % 2_147_483_647;
    return state % most;
  };
  const { killedAt, verdict, counts, isKept: kept } = await crashHost({ kills: AIMS.length, aims: AIMS, draw });
  assert.ok(kept, JSON.stringify({ killedAt, verdict, counts }));
  assert.equal(Object.keys(killedAt).sort(), [...AIMS].sort());
  assert.ok(
    counts.accepted > 0 && counts.orders > 0 && counts.renewals > 0 && counts.registrations > 0,
    JSON.stringify(counts),
  );
});

test.run();
