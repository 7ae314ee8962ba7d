/** W4: 10 If Error around a failing card. */
import { benchEngine, fail, runner } from './cards.js';
import { bench, race } from './harness.js';

const ATTEMPTS = 10;

const flow = {
  flowdeck: 1,
  id: 'attempts',
  type: 'helper',
  cards: [
    ...Array.from({ length: ATTEMPTS }, (_, i) => ({
      id: `attempt${i}`,
      card: 'error.ifError',
      outputs: [{ key: 'why', type: 'text' }],
      blocks: {
        try: {
          cards: [
            { id: `fail${i}`, card: 'bench.fail', in: { message: `No answer ${i}` } },
            { card: 'flow.return', in: { why: '' } },
          ],
        },
        catch: { cards: [{ card: 'flow.return', in: { why: { from: '/error/message' } } }] },
      },
    })),
    {
      card: 'flow.return',
      in: Object.fromEntries(Array.from({ length: ATTEMPTS }, (_, i) => [`why${i}`, { from: `/attempt${i}/why` }])),
    },
  ],
};

async function attempts(): Promise<Record<string, string>> {
  const reasons: Record<string, string> = {};
  for (let i = 0; i < ATTEMPTS; i++) {
    try {
      await fail(`No answer ${i}`);
      reasons[`why${i}`] = '';
    } catch (error) {
      reasons[`why${i}`] = error instanceof Error ? error.message : String(error);
    }
  }
  return reasons;
}

await bench('W4', async function* (workload) {
  const engine = benchEngine();
  yield race(workload, {
    what: '10 If Error around a failing card',
    unit: 'If Error',
    units: ATTEMPTS,
    baseline: attempts,
    engine: runner(engine, engine.load(flow), {}),
    target: 1.5,
  });
});
