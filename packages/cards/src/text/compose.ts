/** Compose: a text with values put into it. */

import type { Value } from '@flowdeck/engine';
import { defineCard } from '@flowdeck/engine';
import { BOUND_ERRORS, checkTextLength } from '../shared/bounds.js';
import { gradually, type Pieces } from '../shared/pace.js';
import { TEXT_OUTPUT } from './fields.js';

const PLACEHOLDER = /\{\{\{([^{}]+)\}\}\}|\{\{([^{}]+)\}\}/g;
const PLAIN_NAME = /^[A-Za-z0-9_-]+$/;
/** Characters of a template that are worked on in one go. */
const SHORT_TEMPLATE = 32_768;

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
  run: (template, values) =>
    template.length <= SHORT_TEMPLATE
      ? { output: fill(templatePieces(template), values) }
      : gradually(composed(template, values)),
  prepare: (template) => {
    if (template === undefined || template.length > SHORT_TEMPLATE) return null;
    const pieces = templatePieces(template);
    return (_template, values) => ({ output: fill(pieces, values) });
  },
});

/** The same of a long template, part by part. */
function* composed(template: string, values: { readonly [name: string]: Value }): Pieces<{ output: string }> {
  let output = '';
  for (let from = 0; from < template.length; ) {
    const end = cutFrom(template, from + SHORT_TEMPLATE);
    output += fill(templatePieces(template.slice(from, end)), values);
    checkTextLength(output.length);
    from = end;
    yield;
  }
  return { output };
}

/** Where a template can be cut: no placeholder reaches over the first of some braces. */
function cutFrom(template: string, least: number): number {
  let at = template.indexOf('{', least);
  while (at > 0 && template[at - 1] === '{') at = template.indexOf('{', at + 1);
  return at < 0 ? template.length : at;
}

/** A placeholder, and the text behind it. */
interface Piece {
  readonly name: string;
  /** What stands there when there is no such input. */
  readonly otherwise: string;
  readonly after: string;
}

interface Template {
  readonly start: string;
  readonly rest: readonly Piece[];
}

function templatePieces(template: string): Template {
  const rest: Piece[] = [];
  if (!template.includes('{{')) return { start: template, rest };
  let start = template;
  let open: Omit<Piece, 'after'> | null = null;
  let from = 0;
  const textUpTo = (end?: number) => {
    const text = template.slice(from, end);
    if (open === null) start = text;
    else rest.push({ name: open.name, otherwise: open.otherwise, after: text });
  };
  for (const place of template.matchAll(PLACEHOLDER)) {
    textUpTo(place.index);
    const [whole, triple, double] = place;
    open = {
      name: triple ?? double ?? '',
      otherwise: triple !== undefined && PLAIN_NAME.test(triple) ? '' : whole,
    };
    from = place.index + whole.length;
  }
  textUpTo();
  return { start, rest };
}

function fill({ start, rest }: Template, values: { readonly [name: string]: Value }): string {
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
