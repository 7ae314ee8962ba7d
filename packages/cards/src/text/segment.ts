/** Text Segment: a part of a text. */
import { defineCard } from '@flowdeck/engine';
import { TEXT, TEXT_OUTPUT } from './fields.js';

export const segment = defineCard({
  id: 'text.segment',
  title: 'Text Segment',
  description:
    'The characters from one position up to, but not including, another. Positions count UTF-16 units from 0; those outside of the text are moved to its ends, and two in the wrong order are swapped.',
  kind: 'pure',
  inputs: [
    TEXT,
    { key: 'start', type: 'number', label: 'start at', description: 'First position.', required: true, default: 0 },
    { key: 'end', type: 'number', label: 'end before', description: 'Position after the last. Null: to the end.' },
  ],
  outputs: [TEXT_OUTPUT],
  examples: [
    { in: { text: 'Example', start: 3, end: 5 }, out: { output: 'mp' } },
    { title: 'To the end', in: { text: 'Mary Ann Doe', start: 8 }, out: { output: ' Doe' } },
    { title: 'From the start', in: { text: 'Example', start: null, end: 3 }, out: { output: 'Exa' } },
    { title: 'Beyond the end', in: { text: 'abc', start: 1, end: 99 }, out: { output: 'bc' } },
    { title: 'Swapped', in: { text: 'abc', start: 2, end: 0 }, out: { output: 'ab' } },
  ],
  addresses: [{ address: 'root:kernel:string:0.0.1:substr', in: { string: 'text' } }],
  run: (text, start, end) => ({ output: text.substring(start, end ?? text.length) }),
});
