/** A loop of a million passes that collects nothing: its memory must not grow with the passes. */
import { defineCard, definePack } from '@flowdeck/engine';
import { benchEngine } from './cards.js';
import { bench, liveBytes } from './harness.js';

const PASSES = 1_000_000;
const EVERY = 100_000;

const flow = {
  flowdeck: 1,
  flows: [
    {
      id: 'main',
      type: 'manual',
      inputs: [{ key: 'items', type: 'number', list: true, required: true }],
      cards: [
        {
          card: 'list.forEach',
          in: { list: { from: '/inputs/items' }, flow: { flow: 'pass' }, n: { item: '' } },
        },
      ],
    },
    {
      id: 'pass',
      type: 'helper',
      inputs: [{ key: 'n', type: 'number', required: true }],
      cards: [
        { id: 'text', card: 'text.concatenate', in: { 'text 1': 'pass ', 'text 2': { from: '/inputs/n' } } },
        { id: 'probe', card: 'probe.look', in: { n: { from: '/inputs/n' } } },
      ],
    },
  ],
};

await bench('loop', async function* (workload) {
  const seen: number[] = [];
  const look = (n: number) => {
    if ((n + 1) % EVERY === 0) seen.push(liveBytes());
    return { output: n };
  };
  const field = { key: 'n', type: 'number', required: true } as const;
  const probe = defineCard({
    id: 'probe.look',
    title: 'Look',
    description: 'Measures memory now and then.',
    kind: 'pure',
    inputs: [field],
    outputs: [{ key: 'output', type: 'number' }],
    run: look,
  });
  const engine = benchEngine(
    definePack({ name: 'flowdeck-bench-probe', namespace: 'probe', version: '1.0.0', cards: [probe] }),
  );
  const items = Array.from({ length: PASSES }, (_, i) => i);
  const deck = engine.load(flow);
  const result = await engine.run(deck, { inputs: { items }, limits: { steps: Number.MAX_SAFE_INTEGER } });
  if (result.status !== 'success') throw new Error(`The flow failed: ${result.error?.message}`);
  // The first passes still compile and fill caches.
  const settled = seen.slice(1);
  if (settled.length !== PASSES / EVERY - 1) throw new Error('The loop did not make its passes.');
  const what = 'growth of live memory from pass 200,000 to 1,000,000';
  const value = Math.max(...settled) - (settled[0] ?? 0);
  yield { kind: 'figure', workload, what, unit: 'bytes', value, target: 64 * 1024 };
});
