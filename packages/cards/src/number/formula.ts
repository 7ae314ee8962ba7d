/** Formula: a calculation written as text. */
import { defineCard } from '@flowdeck/engine';
import { DIVISION_BY_ZERO, NOT_FINITE, OUT_OF_DOMAIN } from './faults.js';
import { evaluateFormula } from './formula/evaluate.js';
import { FORMULA_ERRORS } from './formula/faults.js';
import { parseFormula } from './formula/parse.js';

export const formula = defineCard({
  id: 'number.formula',
  title: 'Formula',
  description:
    'Works out a formula. {{{name}}} or {{name}} is the extra input of that name. Operators, loosest first: | (bitwise or), ^| (bitwise exclusive or), & (bitwise and), << and >> (shift), + and -, * / and % (remainder, with the sign of the left side), the signs - + ~ (bitwise not), ^ (power, from right to left), ! (factorial). Functions: abs ceil floor round (halves away from zero) exp log (natural) log10 sqrt pow(x, y) min max random() random(n) sin cos tan asin acos atan sinh cosh tanh, angles in radians. Constants: pi and e. # starts a comment. Bitwise operators work on 32-bit integers and give signed ones.',
  // It may call random().
  kind: 'effect',
  inputs: [
    {
      key: 'formula',
      type: 'text',
      label: 'formula',
      description: 'The formula. At most 10,000 characters.',
      required: true,
    },
  ],
  extraInputs: { type: 'number', description: 'Numbers by name. Null is 0.' },
  outputs: [{ key: 'output', type: 'number', label: 'output', description: 'The result.' }],
  errors: { ...FORMULA_ERRORS, ...DIVISION_BY_ZERO, ...NOT_FINITE, ...OUT_OF_DOMAIN },
  examples: [
    {
      title: 'Unix milliseconds to LDAP time',
      in: { formula: '({{unix}} + 11644473600000) * 10000', unix: 1_705_276_800_000 },
      out: { output: 133_497_504_000_000_000 },
    },
    { title: 'Precedence', in: { formula: '-2^2 + 2^3^2 + 12%5 + 3!' }, out: { output: 516 } },
    { title: 'Functions', in: { formula: 'max(1, pow(2, 3), sqrt(16)) # a comment' }, out: { output: 8 } },
    { title: 'Bits', in: { formula: '6 & 3 | 1 << 3 ^| 1' }, out: { output: 11 } },
    { title: 'A name with a hyphen', in: { formula: '{{{P3xki-jVW}}} - 1', 'P3xki-jVW': -4 }, out: { output: -5 } },
    { title: 'Null is 0', in: { formula: '{{a}} + 1', a: null }, out: { output: 1 } },
    { title: 'An operator is missing', in: { formula: '2 (3)' }, error: 'formula-syntax' },
    { title: 'No such function', in: { formula: 'eval(1)' }, error: 'formula-name' },
    { title: 'By zero', in: { formula: '1 / (2 - 2)' }, error: 'division-by-zero' },
    { title: 'Root of a negative number', in: { formula: 'sqrt(-1)' }, error: 'out-of-domain' },
    { title: 'Too large', in: { formula: '171!' }, error: 'not-finite' },
  ],
  addresses: [{ address: 'root:kernel:math:0.0.1:expression', in: { _text_: 'formula' }, template: 'formula' }],
  run: (text, inputs, ctx) => ({
    output: evaluateFormula(parseFormula(text), { inputs, random: ctx.random }) + 0,
  }),
});
