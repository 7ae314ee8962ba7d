/** What the crash table says of a run, by what came of its effects and what it gave. */
import type { RunEnd } from '@flowdeck/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { isAsUndisturbed } from './crash.js';
import { countEffects } from './effects.js';
import { EVERYTHING_OUTPUTS, ONCE_KEYS, SENT, UNKNOWN } from './everything.js';

test('effects are lost, doubled, doubled although they were known, or doubled although they may not be', () => {
  const kinds = { expected: ['r/a', 'r/b', 'r/c'], once: ['r/s', 'r/t'] };
  assert.equal(countEffects(['r/a', 'r/b', 'r/c', 'r/s'], kinds), {
    ...{ seen: 4, lost: [], doubled: [], outside: [], forbidden: [] },
  });
  assert.equal(countEffects(['r/a', 'r/a', 'r/b', 'r/s'], kinds), {
    ...{ seen: 3, lost: ['r/c'], doubled: ['r/a'], outside: [], forbidden: [] },
  });
  assert.equal(countEffects(['r/a', 'r/b', 'r/a', 'r/c'], kinds).outside, ['r/a'], 'b shows that a was remembered');
  const forbidden = countEffects(['r/a', 'r/s', 'r/s', 'r/b', 'r/c'], kinds);
  assert.equal([forbidden.doubled, forbidden.forbidden], [[], ['r/s']]);
});

test('a killed run gives what an undisturbed one gives, but that outcomes may be unknown; who says "sent" has sent', () => {
  const all = ONCE_KEYS.map((key) => `r${key}`);
  const [first = ''] = all;
  const judged = (outputs: object | null, came = all, status: RunEnd['status'] = 'success') =>
    isAsUndisturbed({ status, outputs, error: null } as RunEnd, new Set(came), 'r'); // JSON, as they are all
  const sends = [UNKNOWN, SENT, SENT, SENT];
  assert.is(true, judged(EVERYTHING_OUTPUTS));
  assert.is(true, judged({ ...EVERYTHING_OUTPUTS, sends }));
  assert.is(true, judged({ ...EVERYTHING_OUTPUTS, sends }, all.slice(1)));
  assert.is(false, judged(EVERYTHING_OUTPUTS, all.slice(1)), `${first} never came`);
  assert.is(false, judged({ ...EVERYTHING_OUTPUTS, sends: [...sends, SENT] }));
  assert.is(false, judged({ ...EVERYTHING_OUTPUTS, sends: ['busy', SENT, SENT, SENT] }));
  assert.is(false, judged({ ...EVERYTHING_OUTPUTS, last: 'bob!' }));
  assert.is(false, judged(EVERYTHING_OUTPUTS, all, 'error'));
  assert.is(false, judged(null));
});

test.run();
