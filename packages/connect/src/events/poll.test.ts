/** Polling: what is new is given once, the cursor is kept with it, and nothing is lost by time, size or a change. */
import type { Value } from '@flowdeck/engine';
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { anewPoll, beginPoll, endPoll, newPoll, type PollPolicy, type PollState } from './poll.js';

const BY_ID: PollPolicy = { first: 'now', id: '/id' };
const items = (...ids: readonly number[]): Value[] => ids.map((id) => ({ id, name: `n${id}` }));

/** One turn; gives the ids that were given on. */
function turn(state: PollState, ids: readonly number[], policy = BY_ID, cursor: Value = ids.length) {
  const end = endPoll(state, { cursor, items: items(...ids) }, policy, 1_000);
  assert.ok(end.kind === 'accepted');
  return { state: end.state, ids: end.items.map((item) => (item as { id: number }).id) }; // made by `items`
}

test('the first poll gives nothing old, or all of it where the connector says so', () => {
  const first = turn(newPoll(), [1, 2]);
  assert.equal(first.ids, []);
  assert.equal(turn(first.state, [1, 2, 3]).ids, [3]);
  assert.equal(turn(newPoll(), [1, 2], { ...BY_ID, first: 'all' }).ids, [1, 2]);
});

test('equal times, a deleted last item, one that comes twice in a page: nothing is lost, nothing doubled', () => {
  let { state } = turn(newPoll(), [1, 2, 3]);
  const given: number[] = [];
  for (const page of [
    [2, 3, 4],
    [4, 5],
    [5, 5, 6],
    [6, 3],
  ]) {
    const next = turn(state, page);
    given.push(...next.ids);
    state = next.state;
  }
  assert.equal(given, [4, 5, 6]);
});

test('without an id every item is new; an item without one is given rather than lost', () => {
  const { state } = turn(newPoll(), [1], { ...BY_ID, id: null });
  assert.equal(turn(state, [1], { ...BY_ID, id: null }).ids, [1]);
  const end = endPoll(state, { cursor: null, items: [{}, {}] }, BY_ID, 0);
  assert.is(end.kind === 'accepted' && end.items.length, 2);
});

test('a new version of the flow goes on; another subject begins anew, and says so', () => {
  const { state } = turn(newPoll({ list: 'a' }), [1]);
  assert.equal(beginPoll(state, { list: 'a' }, BY_ID, 2_000), { state, cursor: 1, notice: null });
  const anew = beginPoll(state, { list: 'b' }, BY_ID, 2_000);
  assert.equal([anew.cursor, anew.state.seen, /Something else/.test(anew.notice ?? '')], [null, [], true]);
});

test('turned on again, what came meanwhile is old, and what was given is not given twice', () => {
  const { state } = turn(newPoll(), [1]);
  const anew = anewPoll(turn(state, [1, 2]).state);
  assert.equal([anew.cursor, anew.started], [null, false]);
  assert.equal(turn(anew, [1, 2, 3]).ids, []);
  assert.equal(turn(anew, [1, 2, 3], { ...BY_ID, first: 'all' }).ids, [3]);
});

test('the newest first in a list is the last to be given', () => {
  const { state } = turn(newPoll(), [1]);
  assert.equal(turn(state, [4, 3, 2, 1], { ...BY_ID, order: 'newestFirst' }).ids, [2, 3, 4]);
  assert.equal(turn(state, [4, 3], { first: 'now', id: null, order: 'newestFirst' }).ids, [3, 4]);
});

test('a cursor that is too old is dropped; what was seen is not', () => {
  const { state } = turn(newPoll(), [1, 2]);
  const late = beginPoll(state, {}, BY_ID, 1_000 + 46 * 86_400_000);
  assert.equal([late.cursor, late.notice], [null, 'The cursor was too old.']);
  assert.equal(turn(late.state, [1, 2, 3]).ids, [3], 'a full list gives what is new in it');
});

test('a cursor that is too large is refused, and nothing of the turn is kept', () => {
  const { state } = turn(newPoll(), [1]);
  const end = endPoll(state, { cursor: 'ä'.repeat(6_000), items: items(2) }, BY_ID, 0);
  assert.equal([end.kind, 'reason' in end && /12002 bytes/.test(end.reason)], ['refused', true]);
  assert.equal(turn(state, [2]).ids, [2]);
});

test('so many ids are remembered, the latest', () => {
  const policy = { ...BY_ID, remembered: 3 };
  const { state } = turn(newPoll(), [1, 2, 3, 4], policy);
  assert.equal(state.seen, ['2', '3', '4']);
  assert.equal(turn(state, [2, 5], policy).state.seen, ['4', '2', '5'], 'what still comes is remembered longest');
});

test('whatever pages come: each id is given at most once, and each that is new is given', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.nat(30), { maxLength: 8 }), { maxLength: 12 }), (pages) => {
      let state = newPoll();
      const given: number[] = [];
      for (const page of pages) {
        const next = turn(state, page, { ...BY_ID, first: 'all' });
        given.push(...next.ids);
        state = next.state;
      }
      assert.equal(given, [...new Set(pages.flat())]);
    }),
  );
});

test.run();
