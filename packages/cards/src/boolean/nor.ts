/** All False?: whether all values are false. */
import { defineCard } from '@flowdeck/engine';
import { FALSE_WHEN_ABSENT, isTrue, MORE } from './fields.js';

export const nor = defineCard({
  id: 'boolean.nor',
  title: 'All False?',
  description: 'True when every value is false.',
  kind: 'pure',
  inputs: FALSE_WHEN_ABSENT,
  extraInputs: MORE,
  outputs: [{ key: 'output', type: 'boolean', label: 'all false?', description: 'Whether all are false.' }],
  examples: [
    { in: { a: false, b: false }, out: { output: true } },
    { title: 'More than two', in: { a: false, b: false, c: true }, out: { output: false } },
    { title: 'Under other names', in: { x: false, y: true }, out: { output: false } },
    { title: 'Null is false', in: { a: null, b: false }, out: { output: true } },
  ],
  addresses: [{ address: 'root:kernel:boolean:0.0.1:nor' }],
  run: (a, b, more) => ({ output: !(isTrue(a) || isTrue(b) || Object.values(more).some(isTrue)) }),
});
