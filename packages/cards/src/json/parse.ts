/** JSON Parse: the value that a text describes. */
import { ConversionError, defineCard, RunError } from '@flowdeck/engine';
import { parseJsonText } from '@flowdeck/engine/kit';
import type { CardsCode } from '../codes.js';

export const jsonParse = defineCard({
  id: 'json.parse',
  title: 'Parse',
  description:
    'Reads JSON. The output has the type that the text describes, converted to the one that the author declares. A whole number that would lose digits, such as an id of 18 of them, comes as text; a byte order mark is passed over. Of two members with one name the last counts.',
  kind: 'pure',
  traits: { parses: 'text' },
  inputs: [{ key: 'text', type: 'text', label: 'text', description: 'JSON (RFC 8259).', required: true }],
  outputs: [{ key: 'output', type: 'any', label: 'output', description: 'The value.' }],
  errors: {
    'json-parse':
      'The text is not JSON (an empty text is not), is nested too deeply, or holds a number that is too large.',
  },
  examples: [
    { in: { text: '{"a":"this","b":[1,true,null]}' }, out: { output: { a: 'this', b: [1, true, null] } } },
    { title: 'Any JSON value', in: { text: ' "x" ' }, out: { output: 'x' } },
    {
      title: 'An id that a number cannot hold',
      in: { text: '{"id":7615917337495251231}' },
      out: { output: { id: '7615917337495251231' } },
    },
    { title: 'A byte order mark', in: { text: '\uFEFF{"a":1}' }, out: { output: { a: 1 } } },
    { title: 'A name twice', in: { text: '{"a":1,"a":2}' }, out: { output: { a: 2 } } },
    { title: 'Not JSON', in: { text: '{a:1}' }, error: 'json-parse' },
    { title: 'Empty', in: { text: '' }, error: 'json-parse' },
    { title: 'Null is an empty text', in: { text: null }, error: 'json-parse' },
  ],
  addresses: [{ address: 'root:kernel:json:0.0.1:parse', in: { string: 'text' } }],
  run: (text) => {
    try {
      return { output: parseJsonText(text) };
    } catch (error) {
      if (!(error instanceof ConversionError)) throw error;
      const { message, hint } = error;
      throw new RunError<CardsCode>('json-parse', message, {
        at: { field: 'text' },
        ...(hint === undefined ? {} : { hint }),
      });
    }
  },
});
