/** W1x: a chain of 100 pure cards, each with a plain JSONata expression. */
import { DocumentError } from '@flowdeck/engine';
import { add, benchEngine, multiply, runner } from './cards.js';
import { bench, race } from './harness.js';

const CARDS = 100;
const order = { number: 'A-17', lines: 3, price: 12.5, customer: { name: 'Jane Doe', vip: true } };

const KINDS = [
  { card: 'bench.add', expr: (last: string) => `(${last} + inputs.order.price * 2) % 1000`, more: { b: 1 } },
  { card: 'boolean.compare', expr: (last: string) => `${last} > inputs.order.lines`, more: { right: true } },
  {
    card: 'text.concatenate',
    expr: () => '"Order " & inputs.order.number & " of " & inputs.order.customer.name',
    more: { 'text 2': '.' },
  },
  { card: 'bench.multiply', expr: (last: string) => `${last} - 3.5`, more: { b: 0.5 } },
] as const;
const FIRST = ['a', 'left', 'text 1', 'a'] as const;

/** Every fourth card reads the number that the first and the fourth kind made. */
const flow = {
  flowdeck: 1,
  id: 'expressions',
  type: 'helper',
  inputs: [
    { key: 'order', type: 'object', required: true },
    { key: 'n', type: 'number', required: true },
  ],
  cards: [
    ...Array.from({ length: CARDS }, (_, i) => {
      const kind = KINDS[i % KINDS.length] ?? KINDS[0];
      const last = i % 4 === 0 ? (i === 0 ? 'inputs.n' : `c${i - 1}.output`) : `c${i - (i % 4)}.output`;
      return {
        id: `c${i}`,
        card: kind.card,
        in: { [FIRST[i % 4] ?? 'a']: { expr: kind.expr(last) }, ...kind.more },
      };
    }),
    {
      card: 'flow.return',
      in: {
        number: { from: `/c${CARDS - 1}/output` },
        verdict: { from: `/c${CARDS - 3}/result` },
        text: { from: `/c${CARDS - 2}/output` },
      },
    },
  ],
};

type Order = typeof order;
const isEqual = (a: unknown, b: unknown) => ({ result: a === b });
const join = (a: string, b: string) => ({ output: a + b });

async function expressions(n: number, { number, lines, price, customer }: Order): Promise<unknown> {
  let value = n;
  let verdict = false;
  let text = '';
  for (let i = 0; i < CARDS / KINDS.length; i++) {
    const sum = (await add((value + price * 2) % 1000, 1)).output;
    verdict = (await isEqual(sum > lines, true)).result;
    text = (await join(`Order ${number} of ${customer.name}`, '.')).output;
    value = (await multiply(sum - 3.5, 0.5)).output;
  }
  return { number: value, verdict, text };
}

await bench('W1x', async function* (workload) {
  const engine = benchEngine();
  try {
    const deck = engine.load(flow);
    yield race(workload, {
      what: 'a plain JSONata expression a card',
      unit: 'card',
      units: CARDS,
      baseline: () => expressions(7, order),
      engine: runner(engine, deck, { n: 7, order }),
      target: 1,
    });
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    yield { kind: 'note', workload, text: `Not available: ${error.message}` };
  }
});
