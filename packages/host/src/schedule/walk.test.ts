/** Moments of random schedules, beside a walk through every minute of the time-zone data. `scripts/moments.mjs` walks further. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { compareYear, drawSchedule } from './testing/compare.js';
import { walkMoments } from './testing/walk.js';

const iso = (moment: number) => new Date(moment).toISOString();
const HOUR = 60 * 60 * 1000;
const day = (date: string) => [Date.parse(date) - HOUR, Date.parse(date) + 23 * HOUR] as const;

test('the walk follows the rule: what is left out by the clocks is at the first moment after it, what is shown twice comes once', () => {
  const walk = (cron: string, date: string, timeZone = 'Europe/Vienna') =>
    walkMoments({ cron, timeZone }, ...day(date)).map(iso);
  assert.equal(walk('30 2 * * *', '2026-03-29'), ['2026-03-29T01:00:00.000Z']);
  assert.equal(walk('15,45 2 * * *', '2026-03-29'), ['2026-03-29T01:00:00.000Z']);
  assert.equal(walk('30 2 * * *', '2026-10-25'), ['2026-10-25T00:30:00.000Z']);
  // An interval is left out in the gap, and comes in both hours.
  assert.equal(walk('30 1-3 * * *', '2026-03-29').length, 3);
  assert.equal(walk('*/30 2 * * *', '2026-03-29'), []);
  assert.equal(walk('*/30 2 * * *', '2026-10-25').length, 4);
  assert.equal(walk('0 0 * * *', '2026-04-05', 'Australia/Lord_Howe'), ['2026-04-05T13:30:00.000Z']);
  assert.equal(walk('0 12 13 * 5', '2026-11-13').length, 1);
  assert.equal(walk('0 12 13 * 5', '2026-11-20').length, 1);
});

test('random schedules have the moments that the walk finds', () => {
  let state = 5;
  const draw = (most: number) => {
    state = (state * 48_271 + 11) % 2_147_483_647;
    return state % most;
  };
  let moments = 0;
  for (let round = 0; round < 3; round++) {
    const found = compareYear(drawSchedule(draw), 2024 + draw(8), draw);
    assert.equal(found.wrong, []);
    moments += found.moments;
  }
  assert.ok(moments > 500, `${moments} moments`);
});

test.run();
