/** True/False Expression: a test of several comparisons, written as text. */
import { defineCard } from '@flowdeck/engine';
import { holds } from './expression/evaluate.js';
import { TEST_ERRORS } from './expression/faults.js';
import { parseTest } from './expression/parse.js';

export const booleanExpression = defineCard({
  id: 'boolean.expression',
  title: 'Expression',
  description:
    'Works out a true/false expression. {{name}} or {{{name}}} is the extra input of that name. Values: numbers, "texts" in quotation marks of either kind (a backslash takes the next character as it is), true, false, null. Comparisons are those of Compare: == != >= <= > < === !== % (a multiple of), in, not in, has, doesn\'t have, is empty, is not empty. They are joined by not (!), and (&&), or (||), closest first, and by parentheses. A value that stands alone counts as at any true/false input: null, 0, empty text and the text false are false.',
  kind: 'pure',
  inputs: [
    {
      key: 'expression',
      type: 'text',
      label: 'expression',
      description: 'The expression. At most 10,000 characters.',
      required: true,
    },
  ],
  extraInputs: { type: 'any', description: 'Values by name.' },
  outputs: [{ key: 'result', type: 'boolean', label: 'result', description: 'Whether the expression is true.' }],
  errors: {
    ...TEST_ERRORS,
    conversion: 'An object or a list stands where true or false is meant.',
  },
  examples: [
    {
      in: { expression: '{{price}} > 100 and {{state}} == "open"', price: 120, state: 'open' },
      out: { result: true },
    },
    {
      title: 'not before and, and before or',
      in: { expression: 'true or not false and false' },
      out: { result: true },
    },
    {
      title: 'Parentheses',
      in: { expression: '(true or not false) and false' },
      out: { result: false },
    },
    {
      title: 'Membership and emptiness',
      in: {
        expression: "{{role}} in {{roles}} && {{note}} is empty && {{user}} doesn't have 'locked'",
        role: 'admin',
        roles: ['admin', 'owner'],
        note: '',
        user: { name: 'Ann' },
      },
      out: { result: true },
    },
    { title: 'An input alone', in: { expression: '!{{active}}', active: null }, out: { result: true } },
    { title: 'An operator is missing', in: { expression: '1 1' }, error: 'test-syntax' },
    { title: 'A text without quotation marks', in: { expression: '{{a}} == open', a: 1 }, error: 'test-syntax' },
    { title: 'No such input', in: { expression: 'true or {{b}}', a: 1 }, error: 'test-input' },
    { title: 'Neither true nor false', in: { expression: '{{a}}', a: { b: 1 } }, error: 'conversion' },
  ],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:boolean:0.0.1:expression', in: { _text_: 'expression' }, template: 'expression' },
  ],
  run: (text, inputs) => ({ result: holds(parseTest(text, inputs)) }),
});
