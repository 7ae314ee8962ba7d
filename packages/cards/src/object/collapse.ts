/** Object Collapse: a list of keys and values as an object. */
import { defineCard } from '@flowdeck/engine';
import { gradually } from '../shared/pace.js';
import { OBJECT_OUTPUT, PAIRS } from './fields.js';
import { objectOf, PAIR_ERRORS, pairsIn } from './pairs.js';

export const objectCollapse = defineCard({
  id: 'object.collapse',
  title: 'Collapse',
  description:
    'An object of a list of {key, value}, as Split gives it. Where a key comes twice, the last one wins; items without a key are left out.',
  kind: 'pure',
  inputs: [{ ...PAIRS, required: true }],
  outputs: [OBJECT_OUTPUT],
  errors: PAIR_ERRORS,
  examples: [
    {
      in: {
        list: [
          { key: 'foo', value: 'bar' },
          { key: 'baz', value: 'taz' },
        ],
      },
      out: { output: { foo: 'bar', baz: 'taz' } },
    },
    {
      title: 'Without key, without value',
      in: { list: [{ value: 1 }, { key: 2 }, null] },
      out: { output: { 2: null } },
    },
    { title: 'No list', in: { list: null }, out: { output: {} } },
  ],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:object:0.0.1:collapse' },
  ],
  run: (list) => gradually(objectOf(pairsIn(list))),
});
