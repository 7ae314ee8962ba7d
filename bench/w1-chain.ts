/** W1: a chain of 100 pure cards. */
import { createHistory } from '@flowdeck/engine';
import { add, benchEngine, clamp, multiply, negate, remainder, runner } from './cards.js';
import { bench, race } from './harness.js';

const CARDS = 100;
const START = 7;

const KINDS = [
  { card: 'bench.add', first: 'a', in: { b: 11 } },
  { card: 'bench.multiply', first: 'a', in: { b: 3 } },
  { card: 'bench.remainder', first: 'a', in: { b: 1009 } },
  { card: 'bench.negate', first: 'a', in: {} },
  { card: 'bench.clamp', first: 'value', in: { low: -900, high: 900 } },
] as const;

const flow = {
  flowdeck: 1,
  id: 'chain',
  type: 'helper',
  inputs: [{ key: 'n', type: 'number', required: true }],
  cards: Array.from({ length: CARDS }, (_, i) => {
    const kind = KINDS[i % KINDS.length] ?? KINDS[0];
    return {
      id: `c${i}`,
      card: kind.card,
      in: { [kind.first]: { from: i === 0 ? '/inputs/n' : `/c${i - 1}/output` }, ...kind.in },
    };
  }),
};

async function chain(n: number): Promise<{ output: number }> {
  let value = n;
  for (let i = 0; i < CARDS / KINDS.length; i++) {
    value = (await add(value, 11)).output;
    value = (await multiply(value, 3)).output;
    value = (await remainder(value, 1009)).output;
    value = (await negate(value)).output;
    value = (await clamp(value, -900, 900)).output;
  }
  return { output: value };
}

await bench('W1', async function* (workload) {
  const common = { unit: 'card', units: CARDS, baseline: () => chain(START) };
  const quiet = benchEngine();
  yield race(workload, {
    ...common,
    what: 'chain of 100 pure cards, no listener',
    engine: runner(quiet, quiet.load(flow), { n: START }),
    target: 0.35,
  });
  const watched = benchEngine();
  watched.on('*', createHistory().record);
  yield race(workload, {
    ...common,
    what: 'the same with full history',
    engine: runner(watched, watched.load(flow), { n: START }),
    target: 5,
  });
});
