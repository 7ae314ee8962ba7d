/** Includes: whether a value is in a list. */
import { defineCard } from '@flowdeck/engine';
import { deepEqual } from '@flowdeck/engine/kit';
import { LIST } from './fields.js';

export const includes = defineCard({
  id: 'list.includes',
  title: 'Includes',
  description:
    'Whether an item of a list equals a value, by type and content. Upper and lower case differ, and so do 1 and "1".',
  kind: 'pure',
  inputs: [LIST, { key: 'value', type: 'any', label: 'value', description: 'What to look for.', required: true }],
  outputs: [{ key: 'result', type: 'boolean', label: 'result', description: 'Whether it is there.' }],
  errors: { conversion: 'An item like the value is nested more than 1,000 levels deep.' },
  examples: [
    { in: { list: ['CREATED', 'TRIGGERED'], value: 'TRIGGERED' }, out: { result: true } },
    { title: 'Case', in: { list: ['CREATED'], value: 'created' }, out: { result: false } },
    { title: 'Objects by content', in: { list: [{ a: 1, b: [2] }], value: { b: [2], a: 1 } }, out: { result: true } },
    { title: 'No list', in: { list: null, value: 'a' }, out: { result: false } },
  ],
  addresses: [{ address: 'root:kernel:list:0.0.1:includes' }],
  run: (list, value) => ({ result: list.some((item) => deepEqual(item, value)) }),
});
