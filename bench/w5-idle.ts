/** W5: what a run holds that does nothing but wait. */
import { benchEngine } from './cards.js';
import { bench, liveBytes } from './harness.js';
import { waitingFlow } from './waiting.js';

const RUNS = 20_000;
const HOUR = 3600;

await bench('W5', async function* (workload) {
  const engine = benchEngine();
  const deck = engine.load(waitingFlow(HOUR));
  const start = (n: number) => engine.start(deck, { inputs: { n } });
  // Code and tables that the first run makes are not the price of a run.
  const first = start(0);
  first.cancel();
  await first.result;

  const before = liveBytes();
  const runs = Array.from({ length: RUNS }, (_, n) => start(n));
  await new Promise((resolve) => setImmediate(resolve));
  const held = (liveBytes() - before) / RUNS;
  for (const run of runs) run.cancel();
  const results = await Promise.all(runs.map((run) => run.result));
  if (results.some(({ status }) => status !== 'cancelled')) throw new Error('A run did not wait.');
  yield {
    kind: 'figure',
    workload,
    what: 'held by a waiting run, its handle included',
    unit: 'bytes',
    value: held,
    target: 1400,
  };

  const timers = new Set<NodeJS.Timeout>();
  const byHand = async (n: number) => {
    await new Promise<void>((resolve) => timers.add(setTimeout(resolve, HOUR * 1000)));
    return n;
  };
  const bare = liveBytes();
  const promises = Array.from({ length: RUNS }, (_, n) => byHand(n));
  const least = (liveBytes() - bare) / promises.length;
  for (const timer of timers) clearTimeout(timer);
  yield {
    kind: 'figure',
    workload,
    what: '  by hand: an async function that awaits a timer',
    unit: 'bytes',
    value: least,
    target: null,
  };
});
