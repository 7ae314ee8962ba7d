/** R1: an answer of 1,000 objects filtered, written item by item and joined to CSV, next to the same by hand. */
import { benchEngine, runner } from './cards.js';
import { bench, race } from './harness.js';

const orders = Array.from({ length: 1000 }, (_, i) => ({
  customer: { name: `Customer ${i}` },
  status: i % 3 === 0 ? 'open' : 'paid',
  amount: (i * 37) % 1009,
  due: new Date(Date.UTC(2026, i % 12, (i % 28) + 1)).toISOString(),
}));

const deck = {
  flowdeck: 1,
  flows: [
    {
      id: 'main',
      type: 'manual',
      inputs: [{ key: 'orders', type: 'object', list: true, required: true }],
      cards: [
        {
          id: 'paid',
          card: 'list.filter',
          in: { list: { from: '/inputs/orders' }, operator: '==', path: 'status', comparison: 'paid' },
        },
        {
          id: 'lines',
          card: 'list.map',
          in: {
            list: { from: '/paid/list' },
            flow: { flow: 'line' },
            name: { item: '/customer/name' },
            amount: { item: '/amount' },
            due: { item: '/due' },
          },
        },
        { id: 'csv', card: 'list.toText', in: { list: { from: '/lines/new list' }, separator: '\n' } },
        { card: 'flow.return', in: { csv: { from: '/csv/text' } } },
      ],
    },
    {
      id: 'line',
      type: 'helper',
      inputs: [
        { key: 'name', type: 'text', required: true },
        { key: 'amount', type: 'number', required: true },
        { key: 'due', type: 'date', required: true },
      ],
      outputs: [{ key: 'line', type: 'text' }],
      cards: [
        { id: 'day', card: 'date.toText', in: { date: { from: '/inputs/due' }, format: 'YYYY-MM-DD' } },
        {
          id: 'row',
          card: 'object.construct',
          in: { name: { from: '/inputs/name' }, amount: { from: '/inputs/amount' }, day: { from: '/day/output' } },
        },
        {
          id: 'text',
          card: 'text.compose',
          in: {
            template: '{{{name}}},{{{amount}}},{{{day}}}',
            name: { from: '/row/output/name' },
            amount: { from: '/row/output/amount' },
            day: { from: '/row/output/day' },
          },
        },
        { card: 'flow.return', in: { line: { from: '/text/output' } } },
      ],
    },
  ],
};

/** As most would write it. */
async function report(): Promise<{ csv: string }> {
  const lines: string[] = [];
  for (const { customer, status, amount, due } of orders) {
    if (status !== 'paid') continue;
    const row = { name: customer.name, amount, day: new Date(due).toISOString().slice(0, 10) };
    lines.push(`${row.name},${row.amount},${row.day}`);
  }
  return { csv: lines.join('\n') };
}

await bench('R1', async function* (workload) {
  const engine = benchEngine();
  yield race(workload, {
    what: '1,000 objects filtered, written with their dates, joined to CSV',
    unit: 'object',
    units: orders.length,
    baseline: report,
    engine: runner(engine, engine.load(deck), { orders }),
    target: null,
  });
});
