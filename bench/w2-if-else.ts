/** W2: 20 If/Else, each with a card in either branch. */
import { compare } from '@flowdeck/engine/kit';
import { add, benchEngine, multiply, runner } from './cards.js';
import { bench, race } from './harness.js';

const CHOICES = 20;
const LIMIT = 50;

const flow = {
  flowdeck: 1,
  id: 'choices',
  type: 'helper',
  inputs: [{ key: 'n', type: 'number', required: true }],
  cards: [
    ...Array.from({ length: CHOICES }, (_, i) => {
      const last = { from: i === 0 ? '/inputs/n' : `/if${i - 1}/n` };
      return {
        id: `if${i}`,
        card: 'control.ifElse',
        in: { left: last, operator: '>', right: LIMIT },
        outputs: [{ key: 'n', type: 'number' }],
        blocks: {
          then: {
            cards: [{ id: `down${i}`, card: 'bench.add', in: { a: last, b: -47 } }],
            out: { n: { from: `/down${i}/output` } },
          },
          else: {
            cards: [{ id: `up${i}`, card: 'bench.multiply', in: { a: last, b: 3 } }],
            out: { n: { from: `/up${i}/output` } },
          },
        },
      };
    }),
    { card: 'flow.return', in: { n: { from: `/if${CHOICES - 1}/n` } } },
  ],
};

/** As most would write it: the comparison costs no await. */
async function choices(n: number): Promise<{ n: number }> {
  let value = n;
  for (let i = 0; i < CHOICES; i++) {
    value = value > LIMIT ? (await add(value, -47)).output : (await multiply(value, 3)).output;
  }
  return { n: value };
}

/** Card by card: the function behind If/Else is awaited like that of every other card. */
async function awaitedChoices(n: number): Promise<{ n: number }> {
  let value = n;
  for (let i = 0; i < CHOICES; i++) {
    value = (await compare(value, '>', LIMIT)) ? (await add(value, -47)).output : (await multiply(value, 3)).output;
  }
  return { n: value };
}

await bench('W2', async function* (workload) {
  const engine = benchEngine();
  const common = { unit: 'If/Else', units: CHOICES, engine: runner(engine, engine.load(flow), { n: 7 }) };
  yield race(workload, {
    ...common,
    what: '20 If/Else, a card in each branch, every card awaited',
    baseline: () => awaitedChoices(7),
    target: 0.9,
  });
  yield race(workload, {
    ...common,
    what: '  against a comparison written inline',
    baseline: () => choices(7),
    target: 1.5,
  });
});
