/** How the flows beside a run are counted, those that are told and those that are not. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { CancelledError } from '../errors.js';
import { Beside, type ChildOutcome } from './beside.js';

const neverBegun = (): never => {
  throw new Error('It was dropped.');
};

/** Flows of which the first has been told of so many, and which end with the error when they are dropped. */
function dropped(count: number, status: ChildOutcome['status'], before = 0): Beside {
  const error = new CancelledError('It is over.');
  const beside = new Beside({ rest: () => null, failed: () => ({ status, error }) });
  for (let at = 0; at < before; at++) beside.keep({ executionId: `run/b${at}`, flow: 'f', status, error });
  for (let at = 0; at < count; at++) {
    beside.add({ executionId: `run/${at}`, flow: 'f', begin: neverBegun });
  }
  assert.is(beside.live, count);
  beside.drop(error);
  return beside;
}

test('of flows that do not begin any more 500 are told, and the others are counted', () => {
  for (const status of ['cancelled', 'error'] as const) {
    const few = dropped(500, status);
    assert.equal([few.children.length, few.moreChildren, few.live, few.spawned], [500, 0, 0, 500]);
    const many = dropped(620, status);
    assert.equal([many.children.length, many.moreChildren, many.live, many.spawned], [500, 120, 0, 620]);
    assert.equal(many.children.at(-1)?.executionId, 'run/499', 'the first ones');
    const late = dropped(30, status, 490);
    assert.equal([late.children.length, late.moreChildren, late.spawned], [500, 20, 520]);
  }
});

test('who waits hears when the last is dropped, and at once when there is none', async () => {
  const none = new Beside({ rest: () => null, failed: () => ({ status: 'cancelled', error: null }) });
  await none.settled();
  none.add({ executionId: 'run/a', flow: 'f', begin: neverBegun });
  const settled = none.settled();
  none.drop(null);
  await settled;
  assert.is(none.live, 0);
});

test.run();
