/** W5: 1,000 concurrent runs with one wait of 5 ms and 5 cards. */
import { benchEngine, runner } from './cards.js';
import { bench, race, time } from './harness.js';
import { spreadOf } from './rows.js';
import { together, WAIT_MS, waiting, waitingFlow } from './waiting.js';

const RUNS = 1000;

await bench('W5', async function* (workload) {
  const engine = benchEngine();
  const deck = engine.load(waitingFlow(WAIT_MS / 1000));
  const byEngine = () => together(RUNS, (n) => runner(engine, deck, { n })());
  const byHand = () => together(RUNS, waiting);
  yield race(workload, {
    what: '1,000 concurrent runs, one 5 ms wait and 5 cards each',
    unit: 'run',
    units: RUNS,
    baseline: byHand,
    engine: byEngine,
    target: 1.1,
    rounds: 41,
  });
  const whole: number[] = [];
  for (let round = 0; round < 41; round++) whole.push(await time(byEngine, 1));
  yield {
    kind: 'figure',
    workload,
    what: 'from the start of the first to the end of the last',
    unit: 'ns',
    value: spreadOf(whole).low,
    target: null,
  };
});
