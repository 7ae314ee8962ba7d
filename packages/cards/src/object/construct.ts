/** Object Construct: an object of single values. */
import { defineCard, type Value, type ValueObject } from '@flowdeck/engine';
import { isUnsafeKey, setPath } from '@flowdeck/engine/kit';

export const objectConstruct = defineCard({
  id: 'object.construct',
  title: 'Construct',
  description:
    'Makes an object of its inputs. Their names are paths: "text.type" gives an object in the object, "fields.0" a list. Empty values are kept.',
  kind: 'pure',
  inputs: [],
  extraInputs: { type: 'any', description: 'The values, by key or path.' },
  outputs: [{ key: 'output', type: 'object', label: 'output', description: 'The object.' }],
  errors: {
    'unsafe-key': 'A key is one that could change the object itself, such as __proto__.',
    'path-index': 'A position in a list is too large.',
  },
  examples: [
    {
      in: { 'First name': 'Jane', Age: 29, Loyalty: true, Note: '' },
      out: { output: { 'First name': 'Jane', Age: 29, Loyalty: true, Note: '' } },
    },
    {
      title: 'Paths',
      in: { 'text.type': 'mrkdwn', 'fields.0.type': 'plain_text', 'fields.1.type': 'mrkdwn' },
      out: { output: { text: { type: 'mrkdwn' }, fields: [{ type: 'plain_text' }, { type: 'mrkdwn' }] } },
    },
    { title: 'Nothing given', in: {}, out: { output: {} } },
    { title: 'Unsafe key', in: { 'a.constructor.b': 1 }, error: 'unsafe-key' },
  ],
  addresses: [{ address: 'root:kernel:object:0.0.1:construct' }],
  run: (values) => ({ output: Object.keys(values).some(isPath) ? nest(values) : values }),
});

/** Any other name is a key as it stands. */
function isPath(name: string): boolean {
  return name.includes('.') || isUnsafeKey(name);
}

function nest(values: ValueObject): ValueObject {
  let object: Value = {};
  for (const [name, value] of Object.entries(values)) object = setPath(object, name.split('.'), value);
  // Setting a key of an object gives an object.
  return object as ValueObject;
}
