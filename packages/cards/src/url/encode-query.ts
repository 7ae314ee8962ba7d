/** Encode Query: an object as the query of a URL. */
import { defineCard, type Value, type ValueObject } from '@flowdeck/engine';
import { BOUND_ERRORS, checkTextLength } from '../shared/bounds.js';
import { asText } from '../shared/conversions.js';
import { inParts, textOutput } from '../shared/in-parts.js';
import { gradually, Pace, type Pieces } from '../shared/pace.js';
import { encodeText } from './encode-component.js';

export const encodeQuery = defineCard({
  id: 'url.encodeQuery',
  title: 'Encode Query',
  description:
    'Writes an object as a query: key=value, joined by &, both percent-encoded. A list repeats its key, null is an empty value, and objects are written as JSON.',
  kind: 'pure',
  inputs: [{ key: 'query', type: 'object', label: 'query', description: 'Values by name.', required: true }],
  outputs: [{ key: 'output', type: 'text', label: 'output', description: 'The query, without question mark.' }],
  traits: { urlSafe: true },
  errors: { ...BOUND_ERRORS, conversion: 'A value has no text.' },
  examples: [
    {
      in: { query: { name: 'John Doe', region: 'North America' } },
      out: { output: 'name=John%20Doe&region=North%20America' },
    },
    {
      title: 'Lists and null',
      in: { query: { id: [1, 2], none: [], empty: null } },
      out: { output: 'id=1&id=2&empty=' },
    },
    { title: 'Objects', in: { query: { q: { a: 1 } } }, out: { output: 'q=%7B%22a%22%3A1%7D' } },
    { title: 'Null is an empty object', in: { query: null }, out: { output: '' } },
    { title: 'Text that is not JSON', in: { query: 'a=1' }, error: 'conversion' },
  ],
  addresses: [{ address: 'root:kernel:url:0.0.1:encode', in: { data: 'query' }, also: { query: 'query' } }],
  run: (query) => {
    return gradually(textOutput(pairsOfQuery(query)));
  },
});

function* pairsOfQuery(query: ValueObject): Pieces<string> {
  const pace = new Pace();
  let output = '';
  for (const [key, value] of Object.entries(query)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      const name = yield* inParts(key, encodeText);
      output += `${output === '' ? '' : '&'}${name}=${yield* inParts(pairText(item), encodeText)}`;
      checkTextLength(output.length);
      if (pace.step()) yield;
    }
  }
  return output;
}

function pairText(value: Value): string {
  return String(asText(value) ?? '');
}
