/** The five verbs: what is done once, what is found again, what is refused. */
import { CancelledError, HttpError, TimeoutError, type Value } from '@flowdeck/engine';
import type { RunRuntime } from '@flowdeck/engine/kit';
import { ManualClock } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { never, recordOf, rejection, unreached, until, withDirectory } from '../../test/support.js';
import { fileJournal } from './open.js';
import type { FileJournal } from './types.js';

interface Life {
  readonly journal: FileJournal;
  readonly run: RunRuntime;
  readonly clock: ManualClock;
  readonly cancel: AbortController;
}

/** Opens the journal and run `r`, calls `live`, and ends as if the process had ended. */
async function life<T>(dir: string, live: (life: Life) => Promise<T>, clock = new ManualClock()): Promise<T> {
  const journal = await fileJournal({ dir, clock });
  const cancel = new AbortController();
  const run = await journal.open(recordOf('r'), { signal: cancel.signal });
  try {
    return await live({ journal, run, clock, cancel });
  } finally {
    await journal.shutdown();
  }
}

test('an effect is performed once; a replay gives an equal value without a promise', async () => {
  const value: Value = { sid: 'SM1', at: new Date(5), list: [1, null, 'x'] };
  await withDirectory(async (dir) => {
    await life(dir, async ({ run }) => {
      const keys: string[] = [];
      const effect = async ({ key }: { key: string }) => {
        keys.push(key);
        return value;
      };
      assert.equal(await run.step('r/send', effect, {}), value);
      assert.equal(keys, ['r/send']);
    });
    await life(dir, async ({ run }) => {
      const replayed = run.step('r/send', unreached, {});
      assert.not.instance(replayed, Promise);
      assert.equal(replayed, value);
    });
  });
});

test('a failed effect is not tried again: a replay rejects with an equal error', async () => {
  const error = new HttpError<'http-status'>('http-status', 'HTTP 503.', {
    statusCode: 503,
    extra: { body: { retry: true } },
    at: { card: 'send' },
    hint: 'Wait.',
  });
  await withDirectory(async (dir) => {
    await life(dir, async ({ run }) => {
      assert.is(await rejection(run.step('r/send', () => Promise.reject(error), {})), error);
    });
    await life(dir, async ({ run }) => {
      const again = await rejection(run.step('r/send', unreached, {}));
      assert.instance(again, HttpError);
      assert.equal({ ...again, message: again.message }, { ...error, message: error.message });
    });
  });
});

test('an effect may answer, or throw, without a promise', async () => {
  await withDirectory(async (dir) => {
    await life(dir, async ({ run }) => {
      assert.is(await run.step('r/a', () => 'now', {}), 'now');
      const thrown = new Error('at once');
      const failing = () => {
        throw thrown;
      };
      assert.is(await rejection(run.step('r/b', failing, {})), thrown);
    });
    await life(dir, async ({ run }) => {
      assert.is(run.step('r/a', unreached, {}), 'now');
      assert.is((await rejection(run.step('r/b', unreached, {}))).message, 'at once');
    });
  });
});

test('a result that no journal can hold is a recorded failure, for the effect did take place', async () => {
  await withDirectory(async (dir) => {
    // What an effect written in JavaScript may give.
    const odd = { call: () => 1 } as unknown as Value;
    await life(dir, async ({ run }) => {
      assert.is((await rejection(run.step('r/a', () => odd, {}))).code, 'journal-value');
    });
    await life(dir, async ({ run }) => {
      assert.is((await rejection(run.step('r/a', unreached, {}))).code, 'journal-value');
    });
  });
});

test('a step over its time fails with a timeout, which is remembered, and its effect is told to stop', async () => {
  await withDirectory(async (dir) => {
    await life(dir, async ({ run, clock }) => {
      let reason: unknown;
      const effect = ({ signal }: { signal: AbortSignal }) =>
        new Promise<Value>(() => signal.addEventListener('abort', () => (reason = signal.reason)));
      const slow = rejection(run.step('r/slow', effect, { timeoutMs: 1000 }));
      await clock.advance(1000);
      assert.instance(await slow, TimeoutError);
      assert.instance(reason, TimeoutError);
      assert.is(await run.step('r/quick', async () => 'in time', { timeoutMs: 1000 }), 'in time');
      assert.is(clock.pending, 0);
    });
    await life(dir, async ({ run }) => {
      assert.instance(await rejection(run.step('r/slow', unreached, {})), TimeoutError);
    });
  });
});

test('at most once: an effect whose outcome is unknown is not repeated', async () => {
  await withDirectory(async (dir) => {
    let sent = 0;
    await life(dir, async ({ run, journal }) => {
      const step = rejection(
        run.step(
          'r/pay',
          () => {
            sent += 1;
            return new Promise<Value>(() => {});
          },
          { atMostOnce: true },
        ),
      );
      await until(() => sent === 1);
      await journal.shutdown();
      assert.is((await step).code, 'journal-closed');
    });
    for (const _ of ['second life', 'third life']) {
      await life(dir, async ({ run }) => {
        const error = await rejection(run.step('r/pay', unreached, { atMostOnce: true }));
        assert.is(error.code, 'unknown-outcome');
        assert.is(await run.step('r/after', () => 'goes on', {}), 'goes on');
      });
    }
    assert.is(sent, 1);
  });
});

test('at most once: a known outcome is replayed as any other', async () => {
  await withDirectory(async (dir) => {
    await life(dir, async ({ run }) => {
      assert.is(await run.step('r/pay', () => 'paid', { atMostOnce: true }), 'paid');
    });
    await life(dir, async ({ run }) => assert.is(run.step('r/pay', unreached, { atMostOnce: true }), 'paid'));
  });
});

test('cancelling ends a step, a wait and a wait for a signal at once, and records nothing of them', async () => {
  await withDirectory(async (dir) => {
    await life(dir, async ({ run, cancel, clock }) => {
      const stopped = [
        rejection(run.step('r/step', () => new Promise<Value>(() => {}), {})),
        rejection(run.sleep('r/sleep', 1000)),
        rejection(run.signal('r/signal', 'go', 1000)),
      ];
      await until(() => clock.pending === 2);
      cancel.abort();
      for (const error of await Promise.all(stopped)) assert.instance(error, CancelledError);
      assert.is(clock.pending, 0);
      assert.instance(await rejection(run.step('r/later', unreached, {})), CancelledError);
    });
    await life(dir, async ({ run }) => assert.is(await run.step('r/step', () => 'done', {}), 'done'));
  });
});

test('an effect that gives up because of the cancel is not recorded as failed', async () => {
  await withDirectory(async (dir) => {
    await life(dir, async ({ run, cancel }) => {
      const effect = ({ signal }: { signal: AbortSignal }) =>
        new Promise<Value>((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
      const step = rejection(run.step('r/step', effect, { timeoutMs: 50 }));
      cancel.abort();
      assert.instance(await step, CancelledError);
    });
    await life(dir, async ({ run }) => assert.is(await run.step('r/step', () => 'done', {}), 'done'));
  });
});

test('a wait ends at the moment that was recorded, whatever lies between', async () => {
  await withDirectory(async (dir) => {
    const clock = new ManualClock();
    await life(
      dir,
      async ({ run, journal }) => {
        const wait = rejection(run.sleep('r/wait', 1000));
        await until(() => clock.pending === 1);
        await clock.advance(400);
        await journal.shutdown();
        assert.is((await wait).code, 'journal-closed');
      },
      clock,
    );
    await clock.advance(300);
    await life(
      dir,
      async ({ run }) => {
        let over = false;
        const wait = run.sleep('r/wait', 1000).then(() => (over = true));
        await until(() => clock.pending === 1);
        await clock.advance(299);
        await new Promise((resolve) => setImmediate(resolve));
        assert.is(over, false);
        await clock.advance(1);
        await wait;
      },
      clock,
    );
    await life(dir, async ({ run }) => run.sleep('r/wait', 1000), clock);
    assert.is(clock.pending, 0);
  });
});

test('a wait of no length is over at once; one without an end is refused', async () => {
  await withDirectory(async (dir) => {
    await life(dir, async ({ run }) => {
      await run.sleep('r/none', 0);
      await run.sleep('r/past', -5);
      assert.is((await rejection(run.sleep('r/ever', Number.POSITIVE_INFINITY))).code, 'journal-wait');
    });
  });
});

test('an early signal is kept, each is given once in the order of delivery, and found on replay', async () => {
  await withDirectory(async (dir) => {
    await life(dir, async ({ run, journal }) => {
      await journal.signal('r', 'go', 'first');
      await journal.signal('r', 'other', 'elsewhere');
      await journal.signal('r', 'go', { at: new Date(7) });
      assert.is(await run.signal('r/one', 'go'), 'first');
    });
    await life(dir, async ({ run, journal }) => {
      assert.equal(await run.signal('r/two', 'go'), { at: new Date(7) });
      assert.is(await run.signal('r/one', 'go'), 'first');
      const waiting = run.signal('r/three', 'go');
      await journal.signal('r', 'go', 'third');
      assert.is(await waiting, 'third');
      assert.is(await run.signal('r/four', 'other'), 'elsewhere');
    });
    await life(dir, async ({ run, journal }) => {
      assert.is(await run.signal('r/three', 'go'), 'third');
      assert.equal(await run.signal('r/two', 'go'), { at: new Date(7) });
      assert.is(await run.signal('r/one', 'go'), 'first');
      const next = run.signal('r/five', 'go');
      await journal.signal('r', 'go', 'fifth');
      assert.is(await next, 'fifth');
    });
  });
});

test('a signal reaches a run that nobody has resumed yet', async () => {
  await withDirectory(async (dir) => {
    await life(dir, async () => {});
    const journal = await fileJournal({ dir });
    await journal.signal('r', 'go', 1);
    const run = await journal.open(recordOf('r'), never());
    assert.is(await run.signal('r/one', 'go'), 1);
    await journal.shutdown();
  });
});

test('waiting for a signal ends at the moment that was recorded, and stays ended', async () => {
  await withDirectory(async (dir) => {
    const clock = new ManualClock();
    await life(
      dir,
      async ({ run }) => {
        const wait = rejection(run.signal('r/wait', 'go', 1000));
        await until(() => clock.pending === 1);
        await clock.advance(600);
        void wait;
      },
      clock,
    );
    await life(
      dir,
      async ({ run, journal }) => {
        const wait = rejection(run.signal('r/wait', 'go', 1000));
        await until(() => clock.pending === 1);
        await clock.advance(400);
        assert.instance(await wait, TimeoutError);
        await journal.signal('r', 'go', 'too late');
      },
      clock,
    );
    await life(
      dir,
      async ({ run }) => {
        assert.instance(await rejection(run.signal('r/wait', 'go', 1000)), TimeoutError);
        assert.is(await run.signal('r/next', 'go'), 'too late');
      },
      clock,
    );
  });
});

test('an id that is used twice in one life is refused, and means no harm in the next', async () => {
  await withDirectory(async (dir) => {
    await life(dir, async ({ run }) => {
      await run.step('r/a', () => 1, {});
      for (const second of [
        () => run.step('r/a', unreached, {}),
        () => run.sleep('r/a', 1),
        () => run.signal('r/a', 'go'),
      ]) {
        assert.is((await rejection(second())).code, 'journal-duplicate-id');
      }
    });
    await life(dir, async ({ run }) => assert.is(run.step('r/a', unreached, {}), 1));
  });
});

test('an id that was recorded as something else is refused', async () => {
  await withDirectory(async (dir) => {
    await life(dir, async ({ run }) => {
      await run.step('r/a', () => 1, {});
      await run.step('r/b', () => 1, {});
      await run.sleep('r/c', 0);
    });
    await life(dir, async ({ run }) => {
      assert.is((await rejection(run.sleep('r/a', 1))).code, 'journal-mismatch');
      assert.is((await rejection(run.signal('r/b', 'go'))).code, 'journal-mismatch');
      assert.is((await rejection(run.step('r/c', unreached, {}))).code, 'journal-mismatch');
    });
  });
});

test('a call is made again on every replay, and its steps are found', async () => {
  await withDirectory(async (dir) => {
    const sum = async (run: RunRuntime, effect: (index: number) => Value) =>
      run.child('r/call', () =>
        run.forEach('r/call/each', 3, (index) => run.step(`r/call/each.${index}/a`, () => effect(index), {}), {
          concurrency: 2,
        }),
      );
    assert.equal(await life(dir, ({ run }) => sum(run, (index) => index * 10)), [0, 10, 20]);
    assert.equal(await life(dir, ({ run }) => sum(run, unreached)), [0, 10, 20]);
  });
});

test.run();
