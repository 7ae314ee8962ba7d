/** Any False?: whether any value is false. */
import { defineCard } from '@flowdeck/engine';
import { isTrue, MORE, TRUE_WHEN_ABSENT } from './fields.js';

export const nand = defineCard({
  id: 'boolean.nand',
  title: 'Any False?',
  description: 'True when at least one value is false.',
  kind: 'pure',
  inputs: TRUE_WHEN_ABSENT,
  extraInputs: MORE,
  outputs: [{ key: 'output', type: 'boolean', label: 'any false?', description: 'Whether any is false.' }],
  examples: [
    { in: { a: true, b: true }, out: { output: false } },
    { title: 'More than two', in: { a: true, b: true, c: false }, out: { output: true } },
    { title: 'Under other names', in: { x: true, y: true }, out: { output: false } },
    { title: 'Null is false', in: { a: true, b: true, c: null }, out: { output: true } },
  ],
  addresses: [{ address: 'root:kernel:boolean:0.0.1:nand' }],
  run: (a, b, more) => ({ output: !(isTrue(a) && isTrue(b) && Object.values(more).every(isTrue)) }),
});
