/** True/False Expression: agreement with the language on random ones, and no bare error on any text. */
import { FlowdeckError, type Outputs, type ValueObject } from '@flowdeck/engine';
import { runCard } from '@flowdeck/testing';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { booleanExpression } from './expression.js';

const holds = (text: string, inputs: ValueObject = {}) =>
  (runCard(booleanExpression, { expression: text, ...inputs }) as Outputs)['result'];

function refusal(text: string, inputs: ValueObject = {}): FlowdeckError | null {
  try {
    holds(text, inputs);
    return null;
  } catch (error) {
    if (error instanceof FlowdeckError) return error;
    throw error;
  }
}

/** A random test as text of the card, beside what it comes to. */
type Sample = { readonly text: string; readonly result: boolean };
const both = (word: string, join: (a: boolean, b: boolean) => boolean, tie: fc.Arbitrary<Sample>) =>
  fc.tuple(tie, tie).map(([a, b]) => ({ text: `(${a.text}) ${word} (${b.text})`, result: join(a.result, b.result) }));
const sample: fc.Arbitrary<Sample> = fc.letrec<{ test: Sample }>((tie) => ({
  test: fc.oneof(
    { maxDepth: 5 },
    fc
      .tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -3, max: 3 }))
      .map(([a, b]) => ({ text: `${a} < ${b}`, result: a < b })),
    fc.tuple(fc.string(), fc.string()).map(([a, b]) => ({ text: `${quoted(a)} === ${quoted(b)}`, result: a === b })),
    fc.boolean().map((result) => ({ text: String(result), result })),
    both('and', (a, b) => a && b, tie('test')),
    both('||', (a, b) => a || b, tie('test')),
    tie('test').map(({ text, result }) => ({ text: `not (${text})`, result: !result })),
  ),
})).test;

function quoted(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&')}'`;
}

test('a random expression comes to what its parts come to', () => {
  fc.assert(
    fc.property(sample, ({ text, result }) => {
      fc.pre(text.length < 10_000);
      assert.is(holds(text), result, text);
    }),
    { numRuns: 2000 },
  );
});

test('without parentheses, not binds before and, and before or', () => {
  fc.assert(
    fc.property(fc.boolean(), fc.boolean(), fc.boolean(), fc.boolean(), (a, b, c, d) => {
      assert.is(holds('{{a}} or not {{b}} and {{c}} or !{{d}}', { a, b, c, d }), a || (!b && c) || !d);
    }),
  );
});

test('any text is a test or an error with a hint that never shows values', () => {
  const pieces = fc.constantFrom(
    ...[
      '{{a}}',
      '{{',
      '}}',
      '(',
      ')',
      ' not ',
      'not in',
      ' in ',
      '==',
      '=',
      '!',
      '&&',
      '|',
      '"',
      "'",
      '\\',
      '1',
      '-',
      '.5',
    ],
    ...['true', ' is empty', "doesn't have", ' has ', '\n', '%', 'null', '{{{b}}}', 'x'],
  );
  fc.assert(
    fc.property(
      fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')),
      (text) => {
        const error = refusal(text, { a: 'canary', b: [{ c: 'canary' }] });
        if (error === null) return;
        assert.ok(['test-syntax', 'test-input', 'conversion'].includes(error.code), `${error.code} ${text}`);
        assert.ok(error.hint, text);
        assert.not.match(JSON.stringify(error), 'canary');
      },
    ),
    { numRuns: 5000 },
  );
});

test('long and deep expressions are errors, long rows are not', () => {
  assert.is(holds(Array(1000).fill('true').join(' and ')), true);
  assert.is(refusal('1'.repeat(10_001))?.code, 'test-syntax');
  assert.is(refusal(`${'('.repeat(201)}true${')'.repeat(201)}`)?.code, 'test-syntax');
  assert.is(refusal(`${'!'.repeat(201)}true`)?.code, 'test-syntax');
  assert.is(holds(`${'!'.repeat(200)}true`), true);
});

test('errors name the place and the inputs that there are', () => {
  assert.match(refusal('true and open')?.message ?? '', '"open" is no operator');
  assert.match(refusal('true and open')?.message ?? '', 'position 9');
  assert.match(refusal('{{c}}', { a: 1, b: 2 })?.hint ?? '', 'a, b');
});

test.run();
