/** And: whether all values are true. */
import { defineCard } from '@flowdeck/engine';
import { isTrue, MORE, TRUE_WHEN_ABSENT } from './fields.js';

export const and = defineCard({
  id: 'boolean.and',
  title: 'And',
  description: 'True when every value is true.',
  kind: 'pure',
  inputs: TRUE_WHEN_ABSENT,
  extraInputs: MORE,
  outputs: [{ key: 'output', type: 'boolean', label: 'all true?', description: 'Whether all are true.' }],
  examples: [
    { in: { a: true, b: false }, out: { output: false } },
    { title: 'More than two', in: { a: true, b: true, c: 'true' }, out: { output: true } },
    { title: 'Under other names', in: { x: true, y: true }, out: { output: true } },
    { title: 'Null is false', in: { a: true, b: true, c: null }, out: { output: false } },
  ],
  addresses: [{ address: 'root:kernel:boolean:0.0.1:and' }],
  run: (a, b, more) => ({ output: isTrue(a) && isTrue(b) && Object.values(more).every(isTrue) }),
});
