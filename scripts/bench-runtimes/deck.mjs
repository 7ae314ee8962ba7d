// What is timed: flows of cards that do nothing, or nothing but take a while.
import { standard } from '@flowdeck/cards';
import { createEngine, defineCard, definePack } from '@flowdeck/engine';

/** Steps of one flow; steps of one that is begun again; items of a loop, by runtime, fifty at once. */
export const STEPS = 500;
export const REPLAYED = 3_000;
export const ITEMS = { journal: 5_000, restate: 1_000, dbos: 1_000 };
/** Items that take long, for workers that share them. */
export const SHARED = { waits: { items: 800, ms: 1_000 }, works: { items: 2_000, ms: 20 } };
/** At once, for each worker. */
export const WINDOW = 50;
/** How many workers share items. */
export const CREWS = { waits: [1, 4], works: [1, 2, 4] };

const act = defineCard({
  id: 'bench.act',
  title: 'Act',
  description: 'Takes so many milliseconds, in which it does nothing.',
  kind: 'effect',
  inputs: [{ key: 'ms', type: 'number' }],
  outputs: [{ key: 'n', type: 'number' }],
  async run(ms) {
    if (ms !== null) await new Promise((resolve) => setTimeout(resolve, ms));
    return { n: 1 };
  },
});
const packs = [standard, definePack({ name: 'bench', namespace: 'bench', version: '1.0.0', cards: [act] })];
const acts = (count) => Array.from({ length: count }, (_, at) => ({ id: `a${at}`, card: 'bench.act' }));
const manual = (id, cards) => ({ id, type: 'manual', cards });

function loop(id, { items, ms = null, workers = 1 }) {
  const list = { expr: `[1..${items}]` };
  const each = { list, flow: { flow: 'item' }, concurrency: WINDOW * workers, ms };
  return manual(id, [{ id: 'each', card: 'list.forEach', in: each }]);
}

function deck(items) {
  return {
    flowdeck: 1,
    flows: [
      manual('steps', acts(STEPS)),
      loop('items', { items }),
      ...Object.entries(CREWS).flatMap(([name, crews]) =>
        crews.map((workers) => loop(`${name}-${workers}`, { ...SHARED[name], workers })),
      ),
      {
        id: 'item',
        type: 'helper',
        inputs: [{ key: 'ms', type: 'number' }],
        cards: [{ id: 'a', card: 'bench.act', in: { ms: { from: '/inputs/ms' } } }],
      },
      manual('replayed', [...acts(REPLAYED), { id: 'ask', card: 'control.pause', in: {} }]),
      manual('hour', [...acts(1), { id: 'wait', card: 'control.waitFor', in: { delay: 1, unit: 'hour' } }]),
    ],
  };
}

/** An engine, and the deck of a runtime loaded into it. `options`: of `createEngine`. */
export function bench(runtime, options = {}) {
  const engine = createEngine({ packs, ...options });
  return { engine, deck: engine.load(deck(ITEMS[runtime])) };
}
