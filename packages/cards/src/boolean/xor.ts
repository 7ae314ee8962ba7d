/** Or (Exclusive): whether just one of two values is true. */
import { defineCard } from '@flowdeck/engine';
import { A, B } from './fields.js';

export const booleanXor = defineCard({
  id: 'boolean.xor',
  title: 'Or (Exclusive)',
  description: 'True when exactly one of the two values is true.',
  kind: 'pure',
  inputs: [A, B],
  outputs: [{ key: 'output', type: 'boolean', label: 'only one true?', description: 'Whether exactly one is true.' }],
  examples: [
    { in: { a: true, b: false }, out: { output: true } },
    { title: 'Both', in: { a: true, b: true }, out: { output: false } },
    { title: 'Null is false', in: { a: null, b: 'true' }, out: { output: true } },
  ],
  addresses: [{ address: 'root:kernel:boolean:0.0.1:xor' }],
  run: (a, b) => ({ output: a !== b }),
});
