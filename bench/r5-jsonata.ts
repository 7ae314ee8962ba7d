/** R5: expressions beyond the plain part, which JSONata itself evaluates: a thousand of them in a flow. */
import jsonata from 'jsonata';
import { benchEngine, runner } from './cards.js';
import { bench, race } from './harness.js';

const EVALUATIONS = 1000;
/** A function, a predicate and an order: nothing of it is plain. */
const EXPRESSION = '$sum(lines[price > 3]^(price).(price * count))';
const order = {
  lines: Array.from({ length: 10 }, (_, i) => ({ price: (i * 7) % 11, count: (i % 3) + 1 })),
};

const deck = {
  flowdeck: 1,
  flows: [
    {
      id: 'main',
      type: 'manual',
      inputs: [{ key: 'orders', type: 'object', list: true, required: true }],
      cards: [
        {
          id: 'map',
          card: 'list.map',
          in: { list: { from: '/inputs/orders' }, flow: { flow: 'total' }, order: { item: '' } },
        },
        { card: 'flow.return', in: { totals: { from: '/map/new list' } } },
      ],
    },
    {
      id: 'total',
      type: 'helper',
      inputs: [{ key: 'order', type: 'object', required: true }],
      outputs: [{ key: 'total', type: 'number' }],
      cards: [{ card: 'flow.return', in: { total: { expr: EXPRESSION.replace('lines', 'inputs.order.lines') } } }],
    },
  ],
};

await bench('R5', async function* (workload) {
  const engine = benchEngine();
  const orders = Array.from({ length: EVALUATIONS }, () => order);
  const expression = jsonata(EXPRESSION);
  yield race(workload, {
    what: '1,000 evaluations of one expression, by JSONata alone and in a flow',
    unit: 'evaluation',
    units: EVALUATIONS,
    baseline: async () => {
      const totals: unknown[] = [];
      for (const each of orders) totals.push(await expression.evaluate(each));
      return { totals };
    },
    engine: runner(engine, engine.load(deck), { orders }),
    target: null,
    rounds: 7,
  });
});
