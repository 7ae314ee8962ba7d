/** Concatenate: texts one after the other. */
import { defineCard } from '@flowdeck/engine';
import { BOUND_ERRORS, checkTextLength } from '../shared/bounds.js';
import { TEXT_OUTPUT } from './fields.js';

export const concatenate = defineCard({
  id: 'text.concatenate',
  title: 'Concatenate',
  description: 'Joins texts in the order of the document, with nothing between them.',
  kind: 'pure',
  inputs: [
    { key: 'text 1', type: 'text', label: 'text 1', description: 'The first text.' },
    { key: 'text 2', type: 'text', label: 'text 2', description: 'The second text.' },
  ],
  extraInputs: { type: 'text', description: 'Further texts.' },
  outputs: [TEXT_OUTPUT],
  traits: { composes: true },
  errors: BOUND_ERRORS,
  examples: [
    { in: { 'text 1': 'John', 'text 2': ' ', 'text 3': 'Smith' }, out: { output: 'John Smith' } },
    { title: 'Under other names', in: { first: 'a', last: 'b' }, out: { output: 'ab' } },
    { title: 'Null is an empty text', in: { 'text 1': 'a', 'text 2': null }, out: { output: 'a' } },
    { title: 'Numbers', in: { 'text 1': 'v', 'text 2': 1.5 }, out: { output: 'v1.5' } },
  ],
  addresses: [{ address: 'root:kernel:string:0.0.1:concat', in: { string1: 'text 1', string2: 'text 2' } }],
  run: (first, second, more) => {
    let output = `${first ?? ''}${second ?? ''}`;
    for (const text of Object.values(more)) {
      output += text ?? '';
      checkTextLength(output.length);
    }
    return { output };
  },
});
