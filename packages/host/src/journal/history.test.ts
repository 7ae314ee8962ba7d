/** What is known of a run does not depend on the order of its entries, nor on how often they stand there. */
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Entry } from './entry.js';
import { emptyHistory, fold, unreceived } from './history.js';

const run = 'r';
const ENTRIES: readonly Entry[] = [
  { k: 'begin', v: 2, run, flow: 'f', revision: 'r1', inputs: null, options: null, startedAt: 1 },
  { k: 'step', run, id: 'r/a', value: 1 },
  { k: 'wait', run, id: 'r/b', until: 5 },
  { k: 'missed', run, id: 'r/b' },
  { k: 'sent', run, n: 1, name: 'go', value: 1 },
  { k: 'sent', run, n: 2, name: 'go', value: 2 },
  { k: 'sent', run, n: 3, name: 'go', value: 3 },
  { k: 'wait', run, id: 'r/e', until: 5 },
  { k: 'got', run, id: 'r/e', n: 2 },
  { k: 'wait', run, id: 'r/f', until: 5 },
  { k: 'sleep', run, id: 'r/g', until: 5 },
];

function summary(entries: readonly Entry[]) {
  const history = emptyHistory();
  for (const entry of entries) fold(history, entry);
  return { begin: history.begin, places: history.places, left: unreceived(history) };
}

test('order and repetition of entries mean nothing', () => {
  const expected = summary(ENTRIES);
  assert.equal(
    expected.left.map((signal) => signal.n),
    [1, 3],
  );
  assert.is(expected.places.get('r/b')?.k, 'missed');
  const shuffled = fc.shuffledSubarray([...ENTRIES, ...ENTRIES], { minLength: ENTRIES.length * 2 });
  fc.assert(fc.property(shuffled, (entries) => assert.equal(summary(entries), expected)));
});

test.run();
