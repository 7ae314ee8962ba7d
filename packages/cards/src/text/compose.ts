/** Compose: a text with values put into it. */
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
  run: (template, values) => {
    if (!template.includes('{{')) return { output: template };
    let inserted = 0;
    const output = template.replace(
      PLACEHOLDER,
      (whole: string, triple: string | undefined, double: string | undefined) => {
        const name = triple ?? double ?? '';
        if (Object.hasOwn(values, name)) {
          const value = String(values[name] ?? '');
          inserted += value.length;
          checkTextLength(inserted);
          return value;
        }
        return triple !== undefined && PLAIN_NAME.test(triple) ? '' : whole;
      },
    );
    return { output };
  },
});
