/** Cards: what one execution of plain library cards costs through the engine, 100 in a row. */
import { benchEngine } from './cards.js';
import { bench, time } from './harness.js';
import { spreadOf } from './rows.js';

const COPIES = 100;
const ROUNDS = 15;
const TARGET_NS = 150;
const INPUTS = {
  text: 'The quick brown fox',
  number: 42.5,
  list: ['a', 'b', 'c', 'd'],
  object: { name: 'Ada', address: { city: 'London' } },
};

const from = (name: keyof typeof INPUTS) => ({ from: `/inputs/${name}` });

/** The kind of card that is everywhere in a flow, and does next to nothing. */
const CARDS = [
  { card: 'text.concatenate', in: { 'text 1': from('text'), 'text 2': '!' } },
  { card: 'text.compose', in: { template: 'Hi {{{a}}}!', a: from('text') } },
  { card: 'text.segment', in: { text: from('text'), start: 4, end: 9 } },
  { card: 'text.toLowerCase', in: { text: from('text') } },
  { card: 'text.length', in: { text: from('text') } },
  { card: 'text.trim', in: { text: from('text') } },
  { card: 'number.add', in: { 'number 1': from('number'), 'number 2': 1 } },
  { card: 'number.round', in: { number: from('number') } },
  { card: 'boolean.compare', in: { left: from('number'), operator: '>', right: 40 } },
  { card: 'boolean.and', in: { a: true, b: false } },
  { card: 'list.at', in: { list: from('list'), index: 2 } },
  { card: 'list.length', in: { list: from('list') } },
  { card: 'object.get', in: { object: from('object'), path: 'address.city' } },
  { card: 'object.get', in: { object: from('object'), path: 'name' } },
] as const;

await bench('C1', async function* (workload) {
  const engine = benchEngine();
  const inputs = [
    { key: 'text', type: 'text' },
    { key: 'number', type: 'number' },
    { key: 'list', type: 'text', list: true },
    { key: 'object', type: 'object' },
  ];
  const costs: number[] = [];
  for (const node of CARDS) {
    const cards = Array.from({ length: COPIES }, (_, i) => ({ ...node, id: `c${i}` }));
    const deck = engine.load({ flowdeck: 1, id: 'cards', type: 'manual', inputs, cards });
    const call = () => engine.run(deck, { inputs: INPUTS });
    const { status, error } = await call();
    if (status !== 'success') throw new Error(`${node.card}: ${error?.message}`);
    await time(call, 2000);
    const rounds: number[] = [];
    for (let round = 0; round < ROUNDS; round++) rounds.push((await time(call, 200)) / COPIES);
    const value = spreadOf(rounds).low;
    costs.push(value);
    yield { kind: 'figure', workload, what: node.card, unit: 'ns', value, target: null };
  }
  yield {
    kind: 'figure',
    workload,
    what: 'median of these',
    unit: 'ns',
    value: spreadOf(costs).median,
    target: TARGET_NS,
  };
});
