/** Compose: a text with values put into it. */

import type { Value } from '@flowdeck/engine';
import { defineCard } from '@flowdeck/engine';
import { BOUND_ERRORS, checkTextLength } from '../shared/bounds.js';
import { TEXT_OUTPUT } from './fields.js';

const PLACEHOLDER = /\{\{\{([^{}]+)\}\}\}|\{\{([^{}]+)\}\}/g;
const PLAIN_NAME = /^[A-Za-z0-9_-]+$/;

export const compose = defineCard({
  id: 'text.compose',
  title: 'Compose',
  description:
    'Puts the extra inputs into a template. {{{name}}} is the input of that name, empty if there is none. {{name}} is so too, but stays as it is when there is no such input, as do all other braces. Nothing is escaped, and inserted text is not looked through again.',
  kind: 'pure',
  inputs: [
    { key: 'template', type: 'text', label: 'template', description: 'Text with placeholders.', required: true },
  ],
  extraInputs: { type: 'text', description: 'Values by name. Objects and lists are put in as JSON, null as nothing.' },
  outputs: [TEXT_OUTPUT],
  traits: { composes: 'template' },
  errors: BOUND_ERRORS,
  examples: [
    { in: { template: 'Order {{id}} has shipped', id: 'A1' }, out: { output: 'Order A1 has shipped' } },
    { title: 'Three braces', in: { template: 'login sw "{{{k1}}}"', k1: 'jdoe' }, out: { output: 'login sw "jdoe"' } },
    {
      title: 'Other braces stay',
      in: { template: '{"a":{{{v}}},"b":"{{other}}"}', v: 1 },
      out: { output: '{"a":1,"b":"{{other}}"}' },
    },
    { title: 'No such input', in: { template: 'a{{{gone}}}b' }, out: { output: 'ab' } },
    { title: 'One pass', in: { template: '{{a}}', a: '{{{b}}}', b: 'x' }, out: { output: '{{{b}}}' } },
    { title: 'Null', in: { template: '[{{a}}]', a: null }, out: { output: '[]' } },
  ],
  addresses: [{ address: 'root:kernel:string:0.0.1:compose', in: { _text_: 'template' } }],
  run: (template, values) => ({ output: fill(templatePieces(template), values) }),
  prepare: (template) => {
    if (template === undefined) return null;
    const pieces = templatePieces(template);
    return (_template, values) => ({ output: fill(pieces, values) });
  },
});

/** A placeholder, and the text behind it. */
interface Piece {
  readonly name: string;
  /** What stands there when there is no such input. */
  readonly otherwise: string;
  readonly after: string;
}

interface Pieces {
  readonly start: string;
  readonly rest: readonly Piece[];
}

function templatePieces(template: string): Pieces {
  const rest: Piece[] = [];
  const places = template.includes('{{') ? [...template.matchAll(PLACEHOLDER)] : [];
  for (const [index, place] of places.entries()) {
    const [whole, triple, double] = place;
    const name = triple ?? double ?? '';
    const otherwise = triple !== undefined && PLAIN_NAME.test(triple) ? '' : whole;
    rest.push({ name, otherwise, after: template.slice(place.index + whole.length, places[index + 1]?.index) });
  }
  return { start: template.slice(0, places[0]?.index), rest };
}

function fill({ start, rest }: Pieces, values: { readonly [name: string]: Value }): string {
  let output = start;
  let inserted = 0;
  for (const { name, otherwise, after } of rest) {
    if (Object.hasOwn(values, name)) {
      const value = String(values[name] ?? '');
      inserted += value.length;
      checkTextLength(inserted);
      output += value + after;
    } else output += otherwise + after;
  }
  return output;
}
