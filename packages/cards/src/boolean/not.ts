/** Not: the opposite. */
import { defineCard } from '@flowdeck/engine';
import { A } from './fields.js';

export const not = defineCard({
  id: 'boolean.not',
  title: 'Not',
  description: 'True for false, and false for true.',
  kind: 'pure',
  inputs: [A],
  outputs: [{ key: 'output', type: 'boolean', label: 'output', description: 'The opposite.' }],
  examples: [
    { in: { a: true }, out: { output: false } },
    { title: 'Null is false', in: { a: null }, out: { output: true } },
  ],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:boolean:0.0.1:not' },
  ],
  run: (a) => ({ output: !a }),
});
