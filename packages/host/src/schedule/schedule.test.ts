/** Moments of schedules: zones, clocks that change, moments that were missed, and the timer that waits for them. */
import type { Schedule } from '@flowdeck/engine';
import { ManualClock } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Due, dueMoments, MOST_CAUGHT_UP } from './due.js';
import { MomentHeap } from './moment-heap.js';
import { momentAfter, momentsUntil } from './moments.js';
import { Scheduler } from './scheduler.js';

const at = (iso: string) => Date.parse(iso);
const iso = (moment: number | null) => (moment === null ? null : new Date(moment).toISOString());
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

test('the next moment is read in the zone of the schedule', () => {
  const morning: Schedule = { cron: '0 6 * * 1-5', timeZone: 'Europe/Vienna' };
  assert.is(iso(momentAfter(morning, at('2026-01-02T05:00:00Z'))), '2026-01-05T05:00:00.000Z');
  assert.is(iso(momentAfter(morning, at('2026-07-01T04:30:00Z'))), '2026-07-02T04:00:00.000Z');
  assert.is(iso(momentAfter({ cron: '0 6 * * *' }, at('2026-07-01T04:30:00Z'))), '2026-07-01T06:00:00.000Z');
  assert.is(momentAfter({ cron: '0 0 30 2 *' }, at('2026-01-01T00:00:00Z')), null);
});

test('a fixed time comes once on days when clocks change, lists of times included', () => {
  const night: Schedule = { cron: '30 2,14 * * *', timeZone: 'Europe/Vienna' };
  // 02:30 does not exist on the day that clocks go forward: the first moment after it counts.
  assert.is(iso(momentAfter(night, at('2026-03-28T14:00:00Z'))), '2026-03-29T01:00:00.000Z');
  // It exists twice on the day that they go back: the first counts.
  assert.is(iso(momentAfter(night, at('2026-10-24T14:00:00Z'))), '2026-10-25T00:30:00.000Z');
  assert.is(iso(momentAfter(night, at('2026-10-25T00:30:00Z'))), '2026-10-25T13:30:00.000Z');
});

test('moments before a moment, that moment included', () => {
  const hourly: Schedule = { cron: '0 * * * *' };
  assert.equal(momentsUntil(hourly, at('2026-05-01T12:00:00Z'), 2).map(iso), [
    '2026-05-01T12:00:00.000Z',
    '2026-05-01T11:00:00.000Z',
  ]);
  assert.equal(momentsUntil(hourly, at('2026-05-01T11:59:59.999Z'), 1).map(iso), ['2026-05-01T11:00:00.000Z']);
});

test('of missed moments the latest is run, and says how many it stands for', () => {
  const hourly: Schedule = { cron: '0 * * * *' };
  const now = at('2026-05-01T12:10:00Z');
  assert.equal(dueMoments(hourly, now - 5 * HOUR, now), {
    until: at('2026-05-01T12:00:00Z'),
    moments: [{ scheduledFor: at('2026-05-01T12:00:00Z'), missed: 4 }],
  });
  assert.is(dueMoments(hourly, at('2026-05-01T12:00:00Z'), now), null);
});

test('the latest is too old after a day, or one period', () => {
  const monthly: Schedule = { cron: '0 0 1 * *' };
  const first = at('2026-05-01T00:00:00Z');
  assert.is(dueMoments(monthly, first - HOUR, first + 23 * HOUR)?.moments.length, 1);
  assert.equal(dueMoments(monthly, first - HOUR, first + 25 * HOUR), { until: first, moments: [] });
});

test('skip runs what is on time, all runs the newest hundred in their order', () => {
  const now = at('2026-05-01T12:00:30Z');
  const skip: Schedule = { cron: '* * * * *', missed: 'skip' };
  assert.is(dueMoments(skip, now - HOUR, now)?.moments.length, 1);
  assert.is(dueMoments({ ...skip, cron: '0 11 * * *' }, now - 2 * HOUR, now)?.moments.length, 0);
  const all = dueMoments({ cron: '* * * * *', missed: 'all' }, now - 3 * HOUR, now);
  assert.is(all?.moments.length, MOST_CAUGHT_UP);
  assert.is(all?.moments[0]?.missed, 80);
  assert.is(iso(all?.moments.at(-1)?.scheduledFor ?? null), '2026-05-01T12:00:00.000Z');
});

test('a heap gives keys by moment, the last that was set', () => {
  const heap = new MomentHeap();
  const moments = Array.from({ length: 500 }, (_, index) => (index * 7919) % 499);
  for (const [index, moment] of moments.entries()) heap.set(`${index}`, moment + 1000);
  for (const [index, moment] of moments.entries()) heap.set(`${index}`, moment);
  heap.delete('3');
  const taken: number[] = [];
  for (let key = heap.take(1000); key !== null; key = heap.take(1000)) taken.push(moments[Number(key)] ?? -1);
  assert.equal(
    taken,
    moments.filter((_, index) => index !== 3).sort((a, b) => a - b),
  );
  assert.is(heap.size, 0);
  assert.is(heap.first, null);
});

function scheduled(start: string) {
  const clock = new ManualClock({ start: at(start) });
  const fired: [string, Due][] = [];
  const scheduler = new Scheduler(clock, (key, due) => fired.push([key, due]));
  return { clock, fired, scheduler };
}

test('a scheduler fires each flow at its moments', async () => {
  const { clock, fired, scheduler } = scheduled('2026-05-01T11:58:30Z');
  scheduler.add('often', { cron: '*/2 * * * *' }, clock.now());
  scheduler.add('noon', { cron: '0 12 * * *' }, clock.now());
  scheduler.add('never', { cron: '0 0 30 2 *' }, clock.now());
  scheduler.start();
  assert.equal(fired, []);
  assert.is(iso(scheduler.next('noon')), '2026-05-01T12:00:00.000Z');
  assert.is(scheduler.next('never'), null);
  await clock.advance(4 * MINUTE);
  assert.equal(
    fired.map(([key, { until }]) => [key, iso(until)]),
    [
      ['often', '2026-05-01T12:00:00.000Z'],
      ['noon', '2026-05-01T12:00:00.000Z'],
      ['often', '2026-05-01T12:02:00.000Z'],
    ],
  );
  scheduler.remove('often');
  await clock.advance(10 * MINUTE);
  assert.is(fired.length, 3);
  scheduler.stop();
  await clock.advance(25 * HOUR);
  assert.is(fired.length, 3);
});

test('a scheduler that was away says what it missed', async () => {
  const { fired, scheduler } = scheduled('2026-05-01T12:10:00Z');
  scheduler.add('hourly', { cron: '0 * * * *' }, at('2026-05-01T08:30:00Z'));
  scheduler.start();
  assert.equal(
    fired.map(([, { moments }]) => moments),
    [[{ scheduledFor: at('2026-05-01T12:00:00Z'), missed: 3 }]],
  );
  scheduler.stop();
});

test.run();
