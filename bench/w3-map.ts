/** W3: a Map over 1,000 items through a helper of 3 cards. */
import { add, benchEngine, multiply, remainder, runner } from './cards.js';
import { bench, race } from './harness.js';

const items = Array.from({ length: 1000 }, (_, i) => ({ id: i, amount: (i * 37) % 101 }));

const deck = {
  flowdeck: 1,
  flows: [
    {
      id: 'main',
      type: 'manual',
      inputs: [{ key: 'items', type: 'object', list: true, required: true }],
      cards: [
        {
          id: 'map',
          card: 'list.map',
          in: { list: { from: '/inputs/items' }, flow: { flow: 'score' }, amount: { item: '/amount' } },
        },
        { card: 'flow.return', in: { scores: { from: '/map/new list' } } },
      ],
    },
    {
      id: 'score',
      type: 'helper',
      inputs: [{ key: 'amount', type: 'number', required: true }],
      outputs: [{ key: 'score', type: 'number' }],
      cards: [
        { id: 'raised', card: 'bench.add', in: { a: { from: '/inputs/amount' }, b: 5 } },
        { id: 'scaled', card: 'bench.multiply', in: { a: { from: '/raised/output' }, b: 7 } },
        { id: 'rest', card: 'bench.remainder', in: { a: { from: '/scaled/output' }, b: 13 } },
        { card: 'flow.return', in: { score: { from: '/rest/output' } } },
      ],
    },
  ],
};

async function score(amount: number): Promise<number> {
  const raised = await add(amount, 5);
  const scaled = await multiply(raised.output, 7);
  const rest = await remainder(scaled.output, 13);
  return rest.output;
}

async function map(): Promise<{ scores: number[] }> {
  const scores: number[] = [];
  for (const { amount } of items) scores.push(await score(amount));
  return { scores };
}

await bench('W3', async function* (workload) {
  const engine = benchEngine();
  yield race(workload, {
    what: 'Map over 1,000 items, a helper of 3 cards and a Return',
    unit: 'item',
    units: items.length,
    baseline: map,
    engine: runner(engine, engine.load(deck), { items }),
    target: 0.45,
  });
});
