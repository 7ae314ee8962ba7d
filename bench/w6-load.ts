/** W6: reading, checking and compiling a file of 1,000 cards, and how that grows. */
import { deepStrictEqual } from 'node:assert';
import { benchEngine } from './cards.js';
import { bench, time } from './harness.js';
import type { Row } from './rows.js';
import { spreadOf } from './rows.js';

const SIZES = [300, 1000, 3000, 10_000] as const;
const ROUNDS = 15;
const MILLI = 1e6;

/** A file as authors write it: chains of pure cards, choices, expected errors, literals, references, texts. */
function fileOf(cards: number): string {
  const nodes: unknown[] = [];
  let count = 0;
  let last = '/inputs/n';
  for (let i = 0; count < cards - 1; i++) {
    const id = `c${i}`;
    const kind = Math.min(i % 5, cards - 1 - count < 3 ? 1 : 4);
    if (kind === 2) {
      nodes.push({
        id,
        card: 'control.ifElse',
        title: `Is it large? (${i})`,
        in: { left: { from: last }, operator: '>', right: i },
        outputs: [{ key: 'n', type: 'number' }],
        blocks: {
          then: {
            cards: [{ id: `less${i}`, card: 'bench.add', in: { a: { from: last }, b: -i } }],
            out: { n: { from: `/less${i}/output` } },
          },
          else: {
            cards: [{ id: `more${i}`, card: 'bench.multiply', in: { a: { from: last }, b: 2 } }],
            out: { n: { from: `/more${i}/output` } },
          },
        },
      });
      last = `/${id}/n`;
      count += 3;
    } else if (kind === 3) {
      nodes.push({
        id,
        card: 'text.concatenate',
        note: 'What the customer reads.',
        in: { 'text 1': 'Order ', 'text 2': { from: last }, 'text 3': { from: '/inputs/order/customer/name' } },
      });
      count++;
    } else if (kind === 4) {
      nodes.push({ id, card: 'boolean.compare', in: { left: { from: last }, operator: '>=', right: i } });
      count++;
    } else {
      nodes.push({ id, card: kind === 0 ? 'bench.add' : 'bench.multiply', in: { a: { from: last }, b: i } });
      last = `/${id}/output`;
      count++;
    }
  }
  nodes.push({ card: 'flow.return', in: { n: { from: last } } });
  if (count + 1 !== cards) throw new Error(`The file holds ${count + 1} cards instead of ${cards}.`);
  const inputs = [
    { key: 'n', type: 'number', required: true },
    { key: 'order', type: 'object' },
  ];
  return JSON.stringify({ flowdeck: 1, id: 'large', type: 'helper', inputs, cards: nodes }, null, 2);
}

await bench('W6', async function* (workload): AsyncIterable<Row> {
  const engine = benchEngine();
  const texts = SIZES.map((size) => ({ size, text: fileOf(size) }));
  for (const { text } of texts) deepStrictEqual(engine.load(text).diagnostics, []);
  // A file is loaded once, by code that has seen files: as warm as a host gets.
  for (let i = 0; i < 40; i++) engine.load(texts[1]?.text);
  for (const { size, text } of texts) {
    const calls = Math.max(1, Math.round(3000 / size));
    const load: number[] = [];
    const read: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      read.push(await time(() => JSON.parse(text), calls));
      load.push(await time(() => engine.load(text), calls));
    }
    const value = spreadOf(load).low;
    const json = (spreadOf(read).low / MILLI).toFixed(2);
    const what = `load ${size.toLocaleString('en')} cards (${Math.round(text.length / 1024)} KiB; JSON.parse ${json} ms; ${(value / size / 1000).toFixed(2)} µs a card)`;
    yield { kind: 'figure', workload, what, unit: 'ns', value, target: size === 1000 ? 3 * MILLI : null };
  }
});
