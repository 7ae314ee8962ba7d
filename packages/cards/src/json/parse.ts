/** JSON Parse: the value that a text describes. */
import { defineCard, RunError, type Value } from '@flowdeck/engine';

export const parse = defineCard({
  id: 'json.parse',
  title: 'Parse',
  description:
    'Reads JSON. The output has the type that the text describes, converted to the one that the author declares.',
  kind: 'pure',
  inputs: [{ key: 'text', type: 'text', label: 'text', description: 'JSON (RFC 8259).', required: true }],
  outputs: [{ key: 'output', type: 'any', label: 'output', description: 'The value.' }],
  errors: { 'json-parse': 'The text is not JSON. An empty text is not.' },
  examples: [
    { in: { text: '{"a":"this","b":[1,true,null]}' }, out: { output: { a: 'this', b: [1, true, null] } } },
    { title: 'Any JSON value', in: { text: ' "x" ' }, out: { output: 'x' } },
    { title: 'Not JSON', in: { text: '{a:1}' }, error: 'json-parse' },
    { title: 'Empty', in: { text: '' }, error: 'json-parse' },
    { title: 'Null is an empty text', in: { text: null }, error: 'json-parse' },
  ],
  run: (text) => {
    try {
      // What JSON.parse gives of text consists of JSON values only.
      return { output: JSON.parse(text) as Value };
    } catch (error) {
      throw notJson(text, error);
    }
  },
});

/** The platform's own message quotes the text, which may be secret: only the position is taken from it. */
function notJson(text: string, error: unknown): RunError {
  const position = /at position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
  const where = position === undefined ? '' : ` The fault is near character ${Number(position) + 1}.`;
  const message = text.trim() === '' ? 'The text is empty, which is not JSON.' : `The text is not JSON.${where}`;
  return new RunError('json-parse', message, {
    at: { field: 'text' },
    hint: 'JSON has double quotes around keys and texts, and no comma after the last item.',
  });
}
