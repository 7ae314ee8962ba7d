/** Object Split: an object as a list of keys and values. */
import { defineCard } from '@flowdeck/engine';
import { OBJECT, PAIRS } from './fields.js';

export const objectSplit = defineCard({
  id: 'object.split',
  title: 'Split',
  description: 'A list with one object {key, value} for every key of an object. Collapse puts it together again.',
  kind: 'pure',
  inputs: [OBJECT],
  outputs: [PAIRS],
  examples: [
    {
      in: { object: { name: 'Jessie Doe', empno: 'C45X13' } },
      out: {
        list: [
          { key: 'name', value: 'Jessie Doe' },
          { key: 'empno', value: 'C45X13' },
        ],
      },
    },
    { title: 'No object', in: { object: null }, out: { list: [] } },
  ],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:object:0.0.1:split' },
  ],
  run: (object) => ({ list: Object.entries(object).map(([key, value]) => ({ key, value })) }),
});
