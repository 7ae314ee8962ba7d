/** The system's clock as a port. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { systemClock } from './clock.js';

test('wakes once, in the order of the waits, and not when it was cancelled', async () => {
  const clock = systemClock();
  const woken: string[] = [];
  const cancel = clock.after(1, () => woken.push('cancelled'));
  await new Promise<void>((resolve) => {
    clock.after(5, () => {
      woken.push('second');
      resolve();
    });
    clock.after(2, () => woken.push('first'));
    cancel();
  });
  assert.equal(woken, ['first', 'second']);
});

test('a wait of more than 24.8 days does not end at once', async () => {
  const clock = systemClock();
  const warnings: Error[] = [];
  const onWarning = (warning: Error) => warnings.push(warning);
  process.on('warning', onWarning);
  let woken = false;
  const cancel = clock.after(2 ** 31 + 5, () => {
    woken = true;
  });
  await new Promise<void>((resolve) => {
    clock.after(20, resolve);
  });
  cancel();
  process.off('warning', onWarning);
  assert.is(woken, false);
  assert.equal(warnings, []);
});

test.run();
