/** JSON Stringify: the text that describes a value. */
import { defineCard } from '@flowdeck/engine';
import { toJsonText } from '@flowdeck/engine/kit';

export const stringify = defineCard({
  id: 'json.stringify',
  title: 'Stringify',
  description: 'Writes a value as JSON without blanks. Dates become ISO 8601 text.',
  kind: 'pure',
  inputs: [{ key: 'value', type: 'any', label: 'value', description: 'Anything.', required: true }],
  outputs: [{ key: 'output', type: 'text', label: 'output', description: 'JSON.' }],
  errors: { conversion: 'The value is nested too deeply.' },
  examples: [
    { in: { value: { id: '00u1', tags: ['a', 1, null] } }, out: { output: '{"id":"00u1","tags":["a",1,null]}' } },
    { title: 'Text', in: { value: 'a "b"' }, out: { output: '"a \\"b\\""' } },
    { title: 'Null', in: { value: null }, out: { output: 'null' } },
    {
      title: 'Date',
      in: { value: { at: new Date(Date.UTC(2024, 0, 15)) } },
      out: { output: '{"at":"2024-01-15T00:00:00.000Z"}' },
    },
  ],
  addresses: [{ address: 'root:kernel:json:0.0.1:stringify', in: { object: 'value' } }],
  run: (value) => ({ output: toJsonText(value) }),
});
