// The journal: one process.
import { join } from 'node:path';
import { fileJournal } from '@flowdeck/host';
import { bench } from './deck.mjs';

/** Runs that wait at a time. */
const WAITING = 2_000;
const SETTLED_MS = 3_000;

export async function openJournal(dir) {
  let journal = await fileJournal({ dir: join(dir, 'journal') });
  let { engine, deck } = bench('journal', { ports: { runtime: journal } });
  return {
    run: (runId, flow) => engine.run(deck, { runId, flow }),
    async replay(runId) {
      const first = engine.start(deck, { runId, flow: 'replayed' });
      first.result.catch(() => {}); // it is given up
      await journal.begun(runId);
      while (!journal.isAtRest(runId)) await journal.nextRest(runId);
      await journal.shutdown();
      journal = await fileJournal({ dir: join(dir, 'journal') });
      ({ engine, deck } = bench('journal', { ports: { runtime: journal } }));
      const [{ startedAt }] = await journal.unfinished();
      const begun = performance.now();
      const { result } = engine.start(deck, { runId, flow: 'replayed', startedAt });
      while (!journal.isAtRest(runId)) await journal.nextRest(runId);
      const took = performance.now() - begun;
      await journal.signal(runId, 'resume', {});
      await result;
      return took;
    },
    /** Bytes that a run holds which waits an hour: on a journal, and in memory. */
    async held() {
      const inMemory = await heldByRuns(bench('journal'), () => new Promise((resolve) => setImmediate(resolve)));
      const other = await fileJournal({ dir: join(dir, 'waiting') });
      const onJournal = await heldByRuns(bench('journal', { ports: { runtime: other } }), async (runId) => {
        await other.begun(runId);
        while (!other.isAtRest(runId)) await other.nextRest(runId);
      });
      await other.shutdown();
      return { held: onJournal, beside: `${Math.round(inMemory)} in memory` };
    },
    close: () => journal.shutdown(),
  };
}

async function heldByRuns({ engine, deck }, atRest) {
  const start = (n) => engine.start(deck, { runId: `hour-${n}`, flow: 'hour' });
  // Code and tables that the first run makes are not the price of a run.
  const all = [start('first')];
  await atRest('hour-first');
  globalThis.gc();
  const before = process.memoryUsage().heapUsed;
  for (let n = 0; n < WAITING; n++) all.push(start(n));
  for (let n = 0; n < WAITING; n++) await atRest(`hour-${n}`);
  // The journal gives up the lives of runs that have done nothing but wait for a while.
  await new Promise((resolve) => setTimeout(resolve, SETTLED_MS));
  globalThis.gc();
  const held = (process.memoryUsage().heapUsed - before) / WAITING;
  for (const run of all) run.cancel();
  await Promise.all(all.map((run) => run.result));
  return held;
}
