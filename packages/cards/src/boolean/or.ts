/** Or: whether any value is true. */
import { defineCard } from '@flowdeck/engine';
import { FALSE_WHEN_ABSENT, isTrue, MORE } from './fields.js';

export const or = defineCard({
  id: 'boolean.or',
  title: 'Or',
  description: 'True when at least one value is true.',
  kind: 'pure',
  inputs: FALSE_WHEN_ABSENT,
  extraInputs: MORE,
  outputs: [{ key: 'output', type: 'boolean', label: 'any true?', description: 'Whether any is true.' }],
  examples: [
    { in: { a: false, b: true }, out: { output: true } },
    { title: 'More than two', in: { a: false, b: false, c: true }, out: { output: true } },
    { title: 'Under other names', in: { x: false, y: false }, out: { output: false } },
    { title: 'Null is false', in: { a: false, b: null }, out: { output: false } },
  ],
  addresses: [{ address: 'root:kernel:boolean:0.0.1:or' }],
  run: (a, b, more) => ({ output: isTrue(a) || isTrue(b) || Object.values(more).some(isTrue) }),
});
