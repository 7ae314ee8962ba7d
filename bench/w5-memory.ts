/** W5: memory of 1,000 concurrent runs, in a process that does nothing else. */
import { benchEngine, runner } from './cards.js';
import { bench } from './harness.js';
import { together, WAIT_MS, waitingFlow } from './waiting.js';

const MEBI = 1024 * 1024;

await bench('W5', async function* (workload) {
  const bare = process.resourceUsage().maxRSS * 1024;
  const engine = benchEngine();
  const deck = engine.load(waitingFlow(WAIT_MS / 1000));
  await together(1000, (n) => runner(engine, deck, { n })());
  yield {
    kind: 'figure',
    workload,
    what: 'peak memory of a process that runs the 1,000 (resident)',
    unit: 'bytes',
    value: process.resourceUsage().maxRSS * 1024,
    target: 75 * MEBI,
  };
  yield { kind: 'figure', workload, what: '  of which before the first run', unit: 'bytes', value: bare, target: null };
});
