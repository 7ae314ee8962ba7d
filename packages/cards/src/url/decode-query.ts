/** Decode Query: the query of a URL as an object. */
import { defineCard } from '@flowdeck/engine';
import { safeObject } from '@flowdeck/engine/kit';

export const decodeQuery = defineCard({
  id: 'url.decodeQuery',
  title: 'Decode Query',
  description:
    'Reads a query into an object of texts. A question mark in front is skipped, a plus sign is a blank, a key that comes again makes a list, and a percent sign without two hexadecimal digits stays as it is.',
  kind: 'pure',
  inputs: [
    { key: 'query', type: 'text', label: 'query', description: 'The query. Null is an empty one.', required: true },
  ],
  outputs: [{ key: 'output', type: 'object', label: 'output', description: 'Texts, or lists of texts, by name.' }],
  examples: [
    {
      in: { query: 'name=John%20Doe&region=North%20America' },
      out: { output: { name: 'John Doe', region: 'North America' } },
    },
    {
      title: 'Repeated keys and plus signs',
      in: { query: '?id=1&id=2&q=a+b&flag' },
      out: { output: { id: ['1', '2'], q: 'a b', flag: '' } },
    },
    { title: 'Malformed escapes', in: { query: 'p=100%&q=%zz' }, out: { output: { p: '100%', q: '%zz' } } },
    { title: 'Null is an empty text', in: { query: null }, out: { output: {} } },
  ],
  addresses: [{ address: 'root:kernel:url:0.0.1:decode' }],
  run: (query) => {
    const values = new Map<string, string | string[]>();
    for (const [key, value] of new URLSearchParams(query)) {
      const before = values.get(key);
      if (before === undefined) values.set(key, value);
      else if (Array.isArray(before)) before.push(value);
      else values.set(key, [before, value]);
    }
    return { output: safeObject(values) };
  },
});
