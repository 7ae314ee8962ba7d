/** The verbs: what is done once, what is found again, what is refused. */
import { CancelledError, RunError, type RunRuntime } from '@flowdeck/engine';
import { ManualClock } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { never, recordOf, refusal, rejection, unreached, until, withDirectory } from '../../test/support.js';
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

test('an effect is performed once; a replay gives the same without a promise', async () => {
  await withDirectory(async (dir) => {
    const value = { value: { sid: 'SM1', list: [1, null, 'x'] } };
    let performed = 0;
    const effect = async () => {
      performed++;
      return value;
    };
    await life(dir, async ({ run }) => assert.equal(await run.step('r/send', effect), value));
    await life(dir, async ({ run }) => {
      const replayed = run.step('r/send', unreached);
      assert.not.instance(replayed, Promise);
      assert.equal(replayed, value);
    });
    assert.is(performed, 1);
  });
});

test('an effect that ends with its life is not recorded, and performed in the next', async () => {
  await withDirectory(async (dir) => {
    await life(dir, async ({ run }) => {
      const over = new Error('The life is over.');
      assert.is(await rejection(run.step('r/send', () => Promise.reject(over))), over);
    });
    await life(dir, async ({ run }) => assert.is(await run.step('r/send', async () => 'sent'), 'sent'));
  });
});

test('cancelling ends a wait and a wait for a signal at once, and records nothing of them', async () => {
  await withDirectory(async (dir) => {
    await life(dir, async ({ run, cancel, clock }) => {
      const stopped = [rejection(run.sleep('r/sleep', 1000)), rejection(run.signal('r/signal', 'go', 1000))];
      await until(() => clock.pending === 2);
      cancel.abort();
      for (const error of await Promise.all(stopped)) assert.instance(error, CancelledError);
      assert.is(clock.pending, 0);
      assert.instance(await refusal(() => run.step('r/later', unreached)), CancelledError);
    });
    await life(dir, async ({ run, clock }) => {
      const wait = run.signal('r/signal', 'go', 2000);
      await until(() => clock.pending === 1);
      await clock.advance(2000);
      assert.is(await wait, undefined);
    });
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
      await journal.signal('r', 'go', { at: 7 });
      assert.is(await run.signal('r/one', 'go'), 'first');
    });
    await life(dir, async ({ run, journal }) => {
      assert.equal(await run.signal('r/two', 'go'), { at: 7 });
      assert.is(await run.signal('r/one', 'go'), 'first');
      const waiting = run.signal('r/three', 'go');
      await journal.signal('r', 'go', 'third');
      assert.is(await waiting, 'third');
      assert.is(await run.signal('r/four', 'other'), 'elsewhere');
    });
    await life(dir, async ({ run, journal }) => {
      assert.is(await run.signal('r/three', 'go'), 'third');
      assert.equal(await run.signal('r/two', 'go'), { at: 7 });
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
        const wait = run.signal('r/wait', 'go', 1000);
        await until(() => clock.pending === 1);
        await clock.advance(400);
        assert.is(await wait, undefined);
        await journal.signal('r', 'go', 'too late');
      },
      clock,
    );
    await life(
      dir,
      async ({ run }) => {
        assert.is(await run.signal('r/wait', 'go', 1000), undefined);
        assert.is(await run.signal('r/next', 'go'), 'too late');
      },
      clock,
    );
  });
});

test('an id that is used twice in one life is refused, and means no harm in the next', async () => {
  await withDirectory(async (dir) => {
    await life(dir, async ({ run }) => {
      await run.step('r/a', async () => 1);
      for (const second of [
        () => run.step('r/a', unreached),
        () => run.sleep('r/a', 1),
        () => run.signal('r/a', 'go'),
      ]) {
        assert.is((await refusal(second)).code, 'journal-duplicate-id');
      }
    });
    await life(dir, async ({ run }) => assert.is(run.step('r/a', unreached), 1));
  });
});

test('an id that was recorded as something else is refused', async () => {
  await withDirectory(async (dir) => {
    await life(dir, async ({ run }) => {
      await run.step('r/a', async () => 1);
      await run.step('r/b', async () => 1);
      await run.sleep('r/c', 0);
    });
    await life(dir, async ({ run }) => {
      assert.is((await rejection(run.sleep('r/a', 1))).code, 'journal-mismatch');
      assert.is((await rejection(run.signal('r/b', 'go'))).code, 'journal-mismatch');
      assert.is((await refusal(() => run.step('r/c', unreached))).code, 'journal-mismatch');
    });
  });
});

test('a life that was given up leaves the run unfinished, and it may be opened again', async () => {
  await withDirectory(async (dir) => {
    const journal = await fileJournal({ dir });
    const over = new AbortController();
    await journal.open(recordOf('r'), { signal: over.signal });
    assert.equal(await journal.unfinished(), []);
    over.abort(new RunError<'given-up'>('given-up', 'Over.'));
    assert.equal(
      (await journal.unfinished()).map(({ runId }) => runId),
      ['r'],
    );
    const run = await journal.open(recordOf('r'), never());
    assert.is(await run.step('r/a', async () => 1), 1);
    await journal.shutdown();
  });
});

test.run();
