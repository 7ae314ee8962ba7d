// The parts that hostile flows are made of, and numbers by chance.
import { seededRandom } from '@flowdeck/engine/kit';

/** Whole numbers from `least` to `most`, the smaller ones more often. */
export function picker(seed) {
  const random = seededRandom(seed);
  const number = (least, most) => least + Math.floor(random() ** 2 * (most - least + 1));
  const oneOf = (list) => list[Math.floor(random() * list.length)];
  return { random, number, oneOf };
}

export const deck = (cards, ...helpers) => ({
  flowdeck: 1,
  flows: [
    { id: 'main', type: 'manual', cards },
    ...helpers.map(([id, own, inputs = []]) => ({ id, type: 'helper', inputs, cards: own })),
  ],
});
export const assign = (id, values) => ({ id, card: 'control.assign', in: values });
export const numbers = (id, count) => assign(id, { v: { expr: `[1..${count}]` } });
export const from = (pointer) => ({ from: pointer });
export const call = (flow) => ({ card: 'flow.call', in: { flow: { flow } } });
export const callAsync = (flow) => ({ card: 'flow.callAsync', in: { flow: { flow } } });
export const rows = (count, card) => Array.from({ length: count }, (_, n) => card(n));
export const each = (list, flow, more = {}) => ({
  card: 'list.forEach',
  in: { list: from(list), flow: { flow }, ...more },
});
export const wait = (delay) => ({ card: 'control.waitFor', in: { delay } });
export const pure = () => ({ card: 'control.assign', in: { a: 1 } });

/** `levels` objects that are a tree of 2^levels leaves. */
export const doubled = (levels) => [
  assign('c0', { a: 'x', b: 'x' }),
  ...rows(levels, (n) => assign(`c${n + 1}`, { a: from(`/c${n}`), b: from(`/c${n}`) })),
];
