/** The flow of W5: five cards, and a wait of 5 ms among them; and the same by hand. */
import { add, clamp, multiply, negate, remainder } from './cards.js';

export const WAIT_MS = 5;

export const waitingFlow = (seconds: number) => ({
  flowdeck: 1,
  id: 'waiting',
  type: 'helper',
  inputs: [{ key: 'n', type: 'number', required: true }],
  cards: [
    { id: 'c0', card: 'bench.add', in: { a: { from: '/inputs/n' }, b: 11 } },
    { id: 'c1', card: 'bench.multiply', in: { a: { from: '/c0/output' }, b: 3 } },
    { id: 'wait', card: 'control.waitFor', in: { delay: seconds, unit: 'second' } },
    { id: 'c2', card: 'bench.remainder', in: { a: { from: '/c1/output' }, b: 1009 } },
    { id: 'c3', card: 'bench.negate', in: { a: { from: '/c2/output' } } },
    { id: 'c4', card: 'bench.clamp', in: { value: { from: '/c3/output' }, low: -900, high: 900 } },
  ],
});

export async function waiting(n: number): Promise<{ output: number }> {
  let value = (await add(n, 11)).output;
  value = (await multiply(value, 3)).output;
  await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  value = (await remainder(value, 1009)).output;
  value = (await negate(value)).output;
  return clamp(value, -900, 900);
}

/** All at once; their results in order. */
export function together(count: number, run: (n: number) => Promise<unknown>): Promise<unknown[]> {
  return Promise.all(Array.from({ length: count }, (_, n) => run(n)));
}
