/** Cards: what a Map over a long list holds, next to its data; and how long the library takes to load. */
import { spawnSync } from 'node:child_process';
import { benchEngine } from './cards.js';
import { bench, liveBytes } from './harness.js';
import { spreadOf } from './rows.js';

const ITEMS = 100_000;
const IMPORTS = 15;

await bench('C2', async function* (workload) {
  const engine = benchEngine();
  const deck = engine.load({
    flowdeck: 1,
    flows: [
      {
        id: 'main',
        type: 'manual',
        inputs: [{ key: 'list', type: 'object', list: true }],
        cards: [
          {
            id: 'm',
            card: 'list.map',
            in: { list: { from: '/inputs/list' }, flow: { flow: 'one' }, item: { item: '' } },
          },
        ],
      },
      {
        id: 'one',
        type: 'helper',
        inputs: [{ key: 'item', type: 'object' }],
        cards: [
          { id: 'c', card: 'text.concatenate', in: { 'text 1': { from: '/inputs/item/name' }, 'text 2': '!' } },
          { card: 'flow.return', in: { name: { from: '/c/output' } } },
        ],
      },
    ],
  });
  const before = liveBytes();
  const list = Array.from({ length: ITEMS }, (_, n) => ({ id: n, name: `item ${n}`, tags: ['a', 'b'] }));
  const data = liveBytes() - before;
  const result = await engine.run(deck, { flow: 'main', inputs: { list } });
  const held = liveBytes() - before;
  if (result.status !== 'success') throw new Error(result.error?.message);
  yield { kind: 'figure', workload, what: `data of ${ITEMS} items`, unit: 'bytes', value: data, target: null };
  yield {
    kind: 'figure',
    workload,
    what: '  with the result of a Map over them',
    unit: 'bytes',
    value: held,
    target: 3 * data,
  };

  // Against a module that is empty, so that only the import is measured.
  const code = (specifier: string) =>
    `const t = performance.now(); await import(${JSON.stringify(specifier)}); console.log(performance.now() - t)`;
  const timed = (specifier: string) => {
    const args = ['--input-type=module', '-e', code(specifier)];
    return Number(spawnSync(process.execPath, args, { encoding: 'utf8', cwd: process.cwd() }).stdout) * 1e6;
  };
  const times = Array.from({ length: IMPORTS }, () => timed('@flowdeck/cards'));
  yield {
    kind: 'figure',
    workload,
    what: 'import of @flowdeck/cards, engine included',
    unit: 'ns',
    value: spreadOf(times).low,
    target: 15e6,
  };
});
