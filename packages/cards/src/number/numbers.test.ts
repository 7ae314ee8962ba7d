/** Laws of the number cards. */
import { type CardType, FlowdeckError, type Outputs, systemRandom, type ValueObject } from '@flowdeck/engine';
import { fakeContext, runCard } from '@flowdeck/testing';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { divide } from './divide.js';
import { number as cards } from './index.js';
import { percentage } from './percentage.js';
import { power } from './power.js';
import { randomInteger } from './random-integer.js';
import { roundDecimalPlaces } from './round-decimal-places.js';

const ctx = fakeContext({ random: systemRandom() });
const run = (card: CardType, inputs: ValueObject) => runCard(card, inputs, ctx) as Outputs;
const anyNumber = fc.double({ noDefaultInfinity: true, noNaN: true });

test('every card gives a finite number, true or false, or a documented error, for any numbers', () => {
  const plain = cards.filter((card) => card.id !== 'number.formula');
  assert.ok(plain.length > 20);
  for (const card of plain) {
    fc.assert(
      fc.property(fc.array(anyNumber, { minLength: 4, maxLength: 4 }), (values) => {
        const inputs = Object.fromEntries(card.inputs.map((field, index) => [field.key, values[index] ?? 0]));
        try {
          for (const output of Object.values(run(card, inputs))) {
            if (typeof output === 'number') assert.ok(Number.isFinite(output) && !Object.is(output, -0), card.id);
            else assert.ok(typeof output === 'boolean' || typeof output === 'string', card.id);
          }
        } catch (error) {
          if (!(error instanceof FlowdeckError)) throw error;
          assert.ok(card.errors?.[error.code], `${card.id}: ${error.code}`);
        }
      }),
      { numRuns: 100 },
    );
  }
});

test('what cannot be a number is refused by every card', () => {
  for (const card of cards) {
    const [first] = card.inputs;
    if (first?.type !== 'number') continue;
    assert.throws(
      () => run(card, { [first.key]: 'many' }),
      (error: unknown) => error instanceof FlowdeckError && error.code === 'conversion',
      card.id,
    );
  }
});

test('Round Decimal Places keeps what has no more places, and rounds the digits that are shown', () => {
  const cents = fc.integer({ min: -1e9, max: 1e9 }).map((value) => Number(`${value}e-2`));
  fc.assert(fc.property(cents, (number) => run(roundDecimalPlaces, { number })['output'] === number + 0));
  for (const [number, expected] of [
    [1.005, 1.01],
    [8.345, 8.35],
    [-1.005, -1],
    [1e21 + 0.5, 1e21],
    [1.5e-7, 0],
    [5e-324, 0],
    [123456789.125, 123456789.13],
  ] as const) {
    assert.is(run(roundDecimalPlaces, { number })['output'], expected, String(number));
  }
});

test('Divide gives the percentage that belongs to its quotient', () => {
  const rows: readonly (readonly [number, number, number, number, string])[] = [
    [2, 3, 2, 0.67, '66.67%'],
    [450, 200, 4, 2.25, '225.0000%'],
    [7, 100, 2, 0.07, '7.00%'],
    [-1, 3, 1, -0.3, '-33.3%'],
    [0, -5, 2, 0, '0.00%'],
    [1, 1000, 0, 0, '0%'],
  ];
  for (const [number, divisor, decimals, output, percentage] of rows) {
    assert.equal(run(divide, { number, divisor, decimals }), { output, percentage });
  }
});

test('Random Integer stays below its upper end and reaches both ends', () => {
  const drawn = new Set<unknown>();
  for (let time = 0; time < 500; time++) drawn.add(run(randomInteger, { from: 0, below: 4 })['output']);
  assert.equal([...drawn].sort(), [0, 1, 2, 3]);
  const highest = fakeContext({ random: { ...systemRandom(), number: () => 1 - 2 ** -53 } });
  assert.equal(runCard(randomInteger, { from: 0, below: 2 ** 53 }, highest), { output: 2 ** 53 - 1 });
  assert.equal(run(randomInteger, { from: 1.2, below: 2.1 }), { output: 2 });
  assert.equal(run(randomInteger, { from: 5, below: 2 }), { output: 5 });
});

test('an error names the input that it is about', () => {
  const faults: readonly (readonly [CardType, ValueObject, string])[] = [
    [percentage, { number: 1, total: 0 }, 'total'],
    [power, { number: -8, exponent: 0.5 }, 'exponent'],
  ];
  for (const [card, inputs, field] of faults) {
    const names = (error: unknown) => error instanceof FlowdeckError && error.at.field === field;
    assert.throws(() => run(card, inputs), names, card.id);
  }
});

test.run();
