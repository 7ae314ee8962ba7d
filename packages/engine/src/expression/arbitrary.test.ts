/** Random expressions and data, compared with JSONata itself: value for value, error code for error code. */
import fc from 'fast-check';
import jsonata from 'jsonata';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { FlowdeckError, RunError } from '../errors.js';
import { compileExpression } from './index.js';

/** Raise it for a long search. */
const PAIRS = 6_000;

const NAMES = ['a', 'b', 'c', 'items', 'constructor', '__proto__', 'toString', '`a b`', 'x1'];
const KEYS = ['a', 'b', 'c', 'items', 'constructor', '__proto__', 'toString', 'a b', 'x1', '1'];

const scalar = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, 0, 1, -1, 2.5, 0.1, 1e21, 1e308, -1e308, '', 'a', 'b', '10'),
  fc.integer({ min: -3, max: 12 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.string({ maxLength: 4 }),
);
const { data } = fc.letrec<{ data: unknown; object: unknown }>((tie) => ({
  data: fc.oneof({ maxDepth: 5, depthSize: 'small' }, scalar, fc.array(tie('data'), { maxLength: 4 }), tie('object')),
  object: fc
    .uniqueArray(fc.tuple(fc.constantFrom(...KEYS), tie('data')), { maxLength: 5, selector: ([key]) => key })
    .map((pairs) =>
      JSON.parse(`{${pairs.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join()}}`),
    ),
}));
const input = fc
  .record({ a: data, b: data, c: data, items: fc.array(data, { maxLength: 5 }) }, { requiredKeys: [] })
  .map((record) => JSON.parse(JSON.stringify(record)) as Record<string, unknown>);

const OPERATORS = ['+', '-', '*', '/', '%', '&', '=', '!=', '<', '<=', '>', '>=', 'in', 'and', 'or', '?:', '??'];
const { expression, path } = fc.letrec<{ expression: string; path: string; step: string }>((tie) => ({
  step: fc
    .tuple(fc.constantFrom(...NAMES, '"a"'), fc.constantFrom('', '', '', '', '[0]', '[-1]', '[1]', '[0][0]', '[-1.5]'))
    .map(([name, index]) => (name === '"a"' ? name : name + index)),
  path: fc
    .tuple(
      fc.constantFrom('a', 'b', 'c', 'items', 'a[0]', 'items[-1]', 'items[1]'),
      fc.array(tie('step'), { maxLength: 3 }),
    )
    .map(([first, rest]) => [first, ...rest].join('.')),
  expression: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    tie('path'),
    fc.constantFrom(
      '1',
      '0',
      '-2',
      '2.5',
      '1e3',
      '1e308',
      '"a"',
      "'b'",
      '""',
      'true',
      'false',
      'null',
      '()',
      '"\\u0041"',
    ),
    fc.tuple(tie('expression'), fc.constantFrom(...OPERATORS), tie('expression')).map((parts) => parts.join(' ')),
    fc.tuple(tie('path'), fc.constantFrom(...OPERATORS), tie('path')).map((parts) => parts.join(' ')),
    tie('expression').map((inner) => `(${inner})`),
    tie('expression').map((inner) => `-${inner}`),
    fc.tuple(tie('expression'), tie('expression'), tie('expression')).map(([a, b, c]) => `${a} ? ${b} : ${c}`),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `${a} ? ${b}`),
    fc.array(tie('expression'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    fc
      .tuple(
        fc.uniqueArray(fc.constantFrom('"k"', '"a"', '"2"', '"1"', '"__proto__"'), { maxLength: 3 }),
        fc.array(tie('expression'), { minLength: 3, maxLength: 3 }),
      )
      .map(([keys, values]) => `{${keys.map((key, index) => `${key}: ${values[index]}`).join(', ')}}`),
  ),
}));

type Outcome = { value: unknown } | { error: string };

/** JSONata's own answer on a copy, as a value of ours. */
async function reference(source: string, env: unknown): Promise<Outcome> {
  try {
    const result: unknown = await jsonata(source).evaluate(JSON.parse(JSON.stringify(env)));
    return holdsBadNumber(result) ? { error: 'expression-result' } : { value: plainCopy(result) };
  } catch (error) {
    return { error: String((error as { code?: unknown }).code) };
  }
}

function holdsBadNumber(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isFinite(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsBadNumber);
}

function plainCopy(value: unknown): unknown {
  return value === undefined ? null : JSON.parse(JSON.stringify(value));
}

function codeOf(error: unknown): string {
  if (error instanceof RunError && error.code === 'expression') return String(error.extra.jsonata);
  if (error instanceof FlowdeckError) return error.code;
  throw error;
}

async function outcome(run: () => unknown): Promise<Outcome> {
  try {
    return { value: plainCopy(await run()) };
  } catch (error) {
    return { error: codeOf(error) };
  }
}

function agree(ours: Outcome, theirs: Outcome, source: string): void {
  // Which of several failing items of one constructor JSONata reports depends on its scheduling.
  const anyError = /[[{].*,/s.test(source) && 'error' in ours && 'error' in theirs;
  // As text: keys such as "constructor" confuse comparisons by structure.
  if (!anyError) assert.is(JSON.stringify(ours), JSON.stringify(theirs), source);
}

test('plain expressions give what JSONata gives', async () => {
  let failures = 0;
  let nothing = 0;
  await fc.assert(
    fc.asyncProperty(fc.oneof({ weight: 3, arbitrary: expression }, path), input, async (source, env) => {
      const compiled = compileExpression(source);
      assert.ok(compiled.plain, source);
      const before = JSON.stringify(env);
      const ours = await outcome(() => compiled.evaluate(env));
      const theirs = await reference(source, env);
      agree(ours, theirs, source);
      assert.is(JSON.stringify(env), before);
      if ('error' in ours) failures++;
      else if (ours.value === null) nothing++;
    }),
    { numRuns: PAIRS },
  );
  // The comparison means something: both errors and values occur often.
  assert.ok(
    failures > PAIRS / 50 && PAIRS - failures - nothing > PAIRS / 5,
    `${failures} failures, ${nothing} times nothing`,
  );
});

test('full evaluation gives the same as the closure', async () => {
  await fc.assert(
    fc.asyncProperty(expression, input, async (source, env) => {
      const compiled = compileExpression(source);
      agree(await outcome(() => compiled.evaluate(env)), await outcome(() => compiled.evaluateFull(env)), source);
    }),
    { numRuns: PAIRS / 10 },
  );
});

const SCRAPS = [
  ...[
    'a',
    'b',
    '`c d`',
    '$x',
    '$',
    '$$',
    '1',
    '-2',
    '0.5',
    '"s"',
    "'t'",
    'true',
    'null',
    'and',
    'or',
    'in',
    'function',
    '$sum',
  ],
  ...[
    '.',
    '[',
    ']',
    '{',
    '}',
    '(',
    ')',
    ',',
    '@',
    '#',
    ';',
    ':',
    '?',
    '+',
    '-',
    '*',
    '/',
    '%',
    '|',
    '=',
    '<',
    '>',
    '^',
  ],
  ...[
    '**',
    '..',
    ':=',
    '!=',
    '<=',
    '~>',
    '?:',
    '??',
    '&',
    '!',
    '~',
    '/* c */',
    '\t',
    '"',
    '`',
    '/x/',
    '[]',
    '()',
    '(a)',
    '[0]',
  ],
];

test('the scanner and the parser claim nothing that JSONata reads differently', async () => {
  const seen = { plain: 0, full: 0, syntax: 0, regex: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...SCRAPS), { minLength: 1, maxLength: 9 }).map((scraps) => scraps.join(' ')),
      async (source) => {
        const theirs = await reference(source, { a: [{ b: 1 }, { b: [2] }], b: 3 });
        let compiled: ReturnType<typeof compileExpression>;
        try {
          compiled = compileExpression(source);
        } catch (error) {
          const code = codeOf(error);
          if (code === 'expression-syntax') {
            seen.syntax++;
            assert.ok('error' in theirs && theirs.error.startsWith('S'), `${source}: ${JSON.stringify(theirs)}`);
          } else {
            seen.regex++;
          }
          return;
        }
        if (!compiled.plain) {
          seen.full++;
          return;
        }
        seen.plain++;
        agree(await outcome(() => compiled.evaluate({ a: [{ b: 1 }, { b: [2] }], b: 3 })), theirs, source);
      },
    ),
    { numRuns: PAIRS * 2 },
  );
  assert.ok(
    Object.values(seen).every((count) => count > 20),
    JSON.stringify(seen),
  );
});

test.run();
