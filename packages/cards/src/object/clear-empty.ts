/** Clear Empty: an object without the keys that hold nothing, at all depths if wanted. */
import { defineCard } from '@flowdeck/engine';
import { cleaned, deeplyCleaned } from './clean.js';
import { OBJECT, OBJECT_OUTPUT } from './fields.js';

export const clearEmpty = defineCard({
  id: 'object.clearEmpty',
  title: 'Clear Empty',
  description: 'Drops the keys whose value is null, "", {} or []. 0 and false stay.',
  kind: 'pure',
  inputs: [
    OBJECT,
    {
      key: 'recursive',
      type: 'boolean',
      label: 'recursive',
      description:
        'True: also in objects within the object, and then those that have become empty. Items of lists keep their places.',
      default: false,
    },
  ],
  outputs: [OBJECT_OUTPUT],
  errors: { conversion: 'The object nests more than 1,000 levels.' },
  examples: [
    {
      in: { object: { Name: 'Emily', Age: '', Settings: { test: {}, test2: 'value2' } }, recursive: false },
      out: { output: { Name: 'Emily', Settings: { test: {}, test2: 'value2' } } },
    },
    {
      title: 'At all depths',
      in: { object: { Name: 'Emily', Age: null, Settings: { test: { x: [] } } }, recursive: true },
      out: { output: { Name: 'Emily' } },
    },
    {
      title: 'Lists',
      in: { object: { list: [{ a: '', b: 1 }, { a: '' }, null] }, recursive: true },
      out: { output: { list: [{ b: 1 }, {}, null] } },
    },
    {
      title: 'What is not empty',
      in: { object: { a: 0, b: false, c: ' ' } },
      out: { output: { a: 0, b: false, c: ' ' } },
    },
    { title: 'No object', in: { object: null }, out: { output: {} } },
  ],
  addresses: [{ address: 'root:kernel:object:0.0.1:clearEmpty' }],
  run: (object, recursive) => ({ output: recursive ? deeplyCleaned(object) : cleaned(object) }),
});
