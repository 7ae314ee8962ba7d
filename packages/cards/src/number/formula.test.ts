/** Formulas: their examples, and agreement with an independent evaluator on random ones. */
import { type CardExample, FlowdeckError, type Outputs, type Random, type ValueObject } from '@flowdeck/engine';
import { runCard } from '@flowdeck/testing';
import fc from 'fast-check';
import { all, create, type FactoryFunctionMap } from 'mathjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { evaluateFormula } from './formula/evaluate.js';
import { parseFormula } from './formula/parse.js';
import { formula } from './formula.js';

const random: Random = { number: () => 0.5, bytes: (count) => new Uint8Array(count) };
const run = (inputs: ValueObject) => (runCard(formula, inputs, { random }) as Outputs)['output'];
const value = (text: string, inputs: ValueObject = {}) => run({ formula: text, ...inputs });

function codeOf(attempt: () => unknown): string {
  try {
    attempt();
  } catch (error) {
    if (error instanceof FlowdeckError) return error.code;
    throw error;
  }
  return 'none';
}

for (const example of formula.examples ?? ([] as readonly CardExample[])) {
  test(`example: ${example.title}`, () => {
    if (example.error === undefined) assert.is(run(example.in), example.out?.['output']);
    else
      assert.is(
        codeOf(() => run(example.in)),
        example.error,
      );
  });
}

test('precedence and associativity', () => {
  const table: readonly (readonly [string, number])[] = [
    ['1 | 2 ^| 3 & 1', 3],
    ['1 + 1 << 2 - 1', 4],
    ['256 >> 2 >> 1', 32],
    ['2 - 3 - 4', -5],
    ['2 * 7 % 4', 2],
    ['-2^2', -4],
    ['2^-2^2', 0.0625],
    ['2^3^2', 512],
    ['2^3!', 64],
    ['-3!', -6],
    ['3!!', 720],
    ['~-1', 0],
    ['- -+-1', -1],
    ['3 ^| 5', 6],
    ['3^2|1', 9],
    ['-7 % 3', -1],
    ['.5 + 1e3 + 1.5E-1', 1000.65],
    ['round(-2.5) + round(2.5)', 0],
    ['round(-2.4)', -2],
    ['e^0 + cos(pi)', 0],
    ['random() + random(10)', 5.5],
    ['1 # one\n + 2 # two', 3],
    ['min(3, 1, 2) + max(5)', 6],
  ];
  for (const [text, expected] of table) assert.is(value(text), expected, text);
});

test('an input is one number, whatever its sign and its name', () => {
  assert.is(value('{{{a}}}^2', { a: -3 }), 9);
  assert.is(value('2 - {{{SkaoWScT-}}}', { 'SkaoWScT-': -3 }), 5);
  assert.is(
    value('{{{a}}}*(256)^3+{{{b}}}*(256)^2+{{{c}}}*256^1+{{{d}}}', { a: 192, b: 168, c: 1, d: 10 }),
    3_232_235_786,
  );
  assert.is(
    codeOf(() => value('{{gone}}')),
    'formula-name',
  );
  assert.is(
    codeOf(() => value('{{__proto__}} + {{constructor}}')),
    'formula-name',
  );
});

test('what is no formula is refused with its place', () => {
  for (const faulty of [
    '',
    ' # x',
    '1 +',
    '* 2',
    '(1',
    '1)',
    '1 2',
    'pi(',
    'sin',
    'sin 1',
    'sin()',
    'pow(1)',
    'abs(1,2)',
    'max()',
    '1,2',
    '1.',
    '1e',
    '$',
    '2 = 2',
    'f"x"',
    '{a}',
    '{{a}',
    '()',
    'random(1,2)',
    '1..2',
    '++',
    '9007199254740993',
  ]) {
    assert.is(
      codeOf(() => value(faulty)),
      'formula-syntax',
      faulty,
    );
  }
  for (const unknown of ['x', 'Sin(1)', 'PI', 'constructor', 'toString()', '__proto__', 'sin(x)']) {
    assert.is(
      codeOf(() => value(unknown)),
      'formula-name',
      unknown,
    );
  }
});

test('large and deep formulas end in an answer or an error', () => {
  assert.is(value(`0${'+1'.repeat(4999)}`), 4999);
  assert.is(value(`${'('.repeat(200)}1${')'.repeat(200)}`), 1);
  for (const deep of [
    '('.repeat(5000),
    '-'.repeat(5000),
    '2^'.repeat(4000),
    'abs('.repeat(2000),
    `1${'+1'.repeat(5000)}`,
  ]) {
    assert.is(
      codeOf(() => value(deep)),
      'formula-syntax',
    );
  }
  assert.is(
    codeOf(() => value(`3${'!'.repeat(9000)}`)),
    'not-finite',
  );
});

test('results that are no numbers are errors', () => {
  for (const text of ['asin(2)', 'log(-1)', '(-8)^(1/3)', '2.5!', '(-1)!', '1.5 & 1', '1 << 32', '4294967296 | 0']) {
    assert.is(
      codeOf(() => value(text)),
      'out-of-domain',
      text,
    );
  }
  for (const text of ['log(0)', '10^400', 'exp(1000)', '1e999', '1e308*10']) {
    assert.is(
      codeOf(() => value(text)),
      'not-finite',
      text,
    );
  }
  assert.is(
    codeOf(() => value('1 % 0')),
    'division-by-zero',
  );
  assert.ok(Object.is(value('-0'), 0));
});

const VALUES = { u: -2, v: 5 };

// The remainder is left out: mathjs gives it the sign of the divisor.
test('agrees with mathjs on random formulas', () => {
  // The types say that `all` may be missing; it never is.
  const math = create(all as FactoryFunctionMap);
  // Its own take 1e-43 for 0, and the next whole number for the one before it.
  math.import({ ceil: Math.ceil, floor: Math.floor }, { override: true });
  const { node } = fc.letrec<{ node: string }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 5 },
      fc.constantFrom('0', '1', '2', '3', '7', '10', '0.5', '1e2', '.25', 'pi', 'u', 'v'),
      fc
        .tuple(tie('node'), fc.constantFrom('+', '-', '*', '/', ' | ', ' & ', '<<', '>>', '^', '+', '*'), tie('node'))
        .map((parts) => parts.join('')),
      fc.tuple(tie('node'), tie('node')).map(([a, b]) => `${a} ^| ${b}`),
      fc.tuple(fc.constantFrom('-', '+', '~'), tie('node')).map((parts) => parts.join('')),
      tie('node').map((inner) => `(${inner})`),
      // Large factorials differ in their last digits, which a tangent makes the first ones.
      fc.constantFrom('0!', '3!', '5!', '-2!', '3!!', '2^3!'),
      fc
        .tuple(
          fc.constantFrom(
            'abs',
            'ceil',
            'floor',
            'round',
            'exp',
            'log',
            'log10',
            'sqrt',
            'sin',
            'cos',
            'tan',
            'atan',
            'sinh',
            'cosh',
            'tanh',
          ),
          tie('node'),
        )
        .map(([name, inner]) => `${name}(${inner})`),
      fc
        .tuple(fc.constantFrom('min', 'max', 'pow'), tie('node'), tie('node'))
        .map(([name, a, b]) => `${name}(${a}, ${b})`),
    ),
  }));
  let agreed = 0;
  fc.assert(
    fc.property(node, (text) => {
      const ours = text.replace(/\b[uv]\b/g, '{{$&}}');
      let result: number;
      try {
        result = evaluateFormula(parseFormula(ours), { inputs: VALUES, random });
      } catch (error) {
        if (!(error instanceof FlowdeckError)) throw error;
        // Ours refuses what mathjs answers with complex numbers, infinity, gamma, or with bits lost.
        return;
      }
      const theirs: unknown = math.evaluate(text, { ...VALUES });
      assert.type(theirs, 'number', text);
      const difference = Math.abs(Number(theirs) - result);
      assert.ok(difference <= 1e-9 * Math.max(1, Math.abs(result)), `${text}: ${result}, mathjs ${theirs}`);
      agreed++;
    }),
    { numRuns: 3000 },
  );
  assert.ok(agreed > 1000, `${agreed} agreed`);
});

test.run();
