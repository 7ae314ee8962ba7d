/** The cards of the benchmarks: plain functions, which the baselines call too. */
import { standard } from '@flowdeck/cards';
import { createEngine, type Deck, defineCard, definePack, type Engine, type Pack } from '@flowdeck/engine';

export const add = (a: number, b: number) => ({ output: a + b });
export const multiply = (a: number, b: number) => ({ output: a * b });
export const remainder = (a: number, b: number) => ({ output: a % b });
export const negate = (a: number) => ({ output: -a });
export const clamp = (value: number, low: number, high: number) => ({
  output: Math.min(Math.max(value, low), high),
});
export const fail = (message: string): { output: number } => {
  throw new Error(message);
};

const number = (key: string) => ({ key, type: 'number', required: true }) as const;
const output = [{ key: 'output', type: 'number' }] as const;
const about = { description: 'A card of the benchmarks.', kind: 'pure', outputs: output } as const;

const pack = definePack({
  name: 'flowdeck-bench',
  namespace: 'bench',
  version: '1.0.0',
  cards: [
    defineCard({ ...about, id: 'bench.add', title: 'Add', inputs: [number('a'), number('b')], run: add }),
    defineCard({
      ...about,
      id: 'bench.multiply',
      title: 'Multiply',
      inputs: [number('a'), number('b')],
      run: multiply,
    }),
    defineCard({ ...about, id: 'bench.remainder', title: 'Rest', inputs: [number('a'), number('b')], run: remainder }),
    defineCard({ ...about, id: 'bench.negate', title: 'Negate', inputs: [number('a')], run: negate }),
    defineCard({
      ...about,
      id: 'bench.clamp',
      title: 'Clamp',
      inputs: [number('value'), number('low'), number('high')],
      run: clamp,
    }),
    defineCard({
      ...about,
      id: 'bench.fail',
      title: 'Fail',
      inputs: [{ key: 'message', type: 'text', required: true }],
      run: fail,
    }),
  ],
});

/** An engine as a host would make it: the standard library, and packs of its own. */
export function benchEngine(...more: readonly Pack[]): Engine {
  return createEngine({ packs: [standard, pack, ...more] });
}

/** A call that runs the deck and gives its outputs; a run that fails is a fault of the benchmark. */
export function runner(engine: Engine, deck: Deck, inputs: Readonly<Record<string, unknown>>): () => Promise<unknown> {
  return async () => {
    const result = await engine.run(deck, { inputs });
    if (result.status !== 'success') throw new Error(`The flow failed: ${result.error?.message}`);
    return result.outputs;
  };
}
