/** XNOR: whether two values are the same. */
import { defineCard } from '@flowdeck/engine';
import { A, B } from './fields.js';

export const xnor = defineCard({
  id: 'boolean.xnor',
  title: 'XNOR',
  description: 'True when both values are true, or both are false.',
  kind: 'pure',
  inputs: [A, B],
  outputs: [{ key: 'output', type: 'boolean', label: 'same?', description: 'Whether they are the same.' }],
  examples: [
    { in: { a: false, b: false }, out: { output: true } },
    { title: 'One of them', in: { a: true, b: false }, out: { output: false } },
    { title: 'Null is false', in: { a: null, b: false }, out: { output: true } },
  ],
  addresses: [{ address: 'root:kernel:boolean:0.0.1:xnor' }],
  run: (a, b) => ({ output: a === b }),
});
