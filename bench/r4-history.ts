/** R4: short runs one after the other, each told to a history that keeps the last thousand. */
import { createHistory } from '@flowdeck/engine';
import { benchEngine } from './cards.js';
import { bench, time } from './harness.js';
import { spreadOf } from './rows.js';

const RUNS = 10_000;
const ROUNDS = 7;
/** 10,000 a second on one core. */
const TARGET_NS = 100_000;

const flow = {
  flowdeck: 1,
  id: 'short',
  type: 'helper',
  inputs: [{ key: 'n', type: 'number', required: true }],
  cards: [
    { id: 'a', card: 'bench.add', in: { a: { from: '/inputs/n' }, b: 5 } },
    { id: 'b', card: 'bench.multiply', in: { a: { from: '/a/output' }, b: 7 } },
    { card: 'flow.return', in: { n: { from: '/b/output' } } },
  ],
};

await bench('R4', async function* (workload) {
  const engine = benchEngine();
  const deck = engine.load(flow);
  const history = createHistory({ maxExecutions: 1000 });
  engine.on('*', history.record);
  const spent: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    spent.push(await time(() => engine.run(deck, { inputs: { n: 7 } }), RUNS));
    history.flush();
  }
  if (Object.keys(history.state().executions).length > 1000) throw new Error('The history is not bounded.');
  const { low } = spreadOf(spent);
  const what = `a run of 3 cards with its history kept (${Math.round(1e9 / low).toLocaleString('en')} a second)`;
  yield { kind: 'figure', workload, what, unit: 'ns', value: low, target: TARGET_NS };
});
