/** Works out a formula. */
import type { Random, Value } from '@flowdeck/engine';
import { factorialOf } from '../factorial-of.js';
import { divisionByZero, finite, outOfDomain } from '../faults.js';
import { unknownName } from './faults.js';
import type { BinaryOperator, Formula, UnaryOperator } from './parse.js';

export interface FormulaContext {
  /** Numbers by name; null is 0. */
  readonly inputs: { readonly [name: string]: Value };
  readonly random: Random;
}

/** @throws RunError `formula-name`, `division-by-zero`, `out-of-domain` or `not-finite`. */
export function evaluateFormula(formula: Formula, context: FormulaContext): number {
  switch (formula.kind) {
    case 'number':
      return finite(formula.value);
    case 'input':
      return inputOf(formula.name, context.inputs);
    case 'sign':
      return SIGNS[formula.operator](evaluateFormula(formula.operand, context));
    case 'factorial':
      return factorials(evaluateFormula(formula.operand, context), formula.times);
    case 'chain':
      return formula.links.reduce(
        (left, link) => BINARY[link.operator](left, evaluateFormula(link.operand, context)),
        evaluateFormula(formula.first, context),
      );
    case 'call':
      return defined(
        formula.callee.apply(
          formula.args.map((arg) => evaluateFormula(arg, context)),
          context.random,
        ),
      );
  }
}

function inputOf(name: string, inputs: FormulaContext['inputs']): number {
  if (!Object.hasOwn(inputs, name)) throw unknownName('input', name, Object.keys(inputs));
  return Number(inputs[name] ?? 0);
}

/** 1 and 2 are their own factorials; all else soon is too large. */
function factorials(value: number, times: number): number {
  let result = value;
  for (let time = 0; time < times; time++) result = finite(factorialOf(result));
  return result;
}

const SIGNS: Readonly<Record<UnaryOperator, (value: number) => number>> = {
  '-': (value) => -value,
  '+': (value) => value,
  '~': (value) => ~bits(value),
};

const BINARY: Readonly<Record<BinaryOperator, (left: number, right: number) => number>> = {
  '|': (left, right) => bits(left) | bits(right),
  '^|': (left, right) => bits(left) ^ bits(right),
  '&': (left, right) => bits(left) & bits(right),
  '<<': (left, right) => bits(left) << places(right),
  '>>': (left, right) => bits(left) >> places(right),
  '+': (left, right) => finite(left + right),
  '-': (left, right) => finite(left - right),
  '*': (left, right) => finite(left * right),
  '/': (left, right) => {
    if (right === 0) throw divisionByZero('formula');
    return finite(left / right);
  },
  '%': (left, right) => {
    if (right === 0) throw divisionByZero('formula');
    return left % right;
  },
  '^': (left, right) => defined(left ** right),
};

/** What a function or a power gives is not a number where it is not defined. */
function defined(result: number): number {
  if (!Number.isNaN(result)) return finite(result);
  throw outOfDomain(
    'The formula uses a function or a power outside of where it is defined.',
    'Roots and logarithms need positive numbers, asin and acos numbers from -1 to 1.',
    'formula',
  );
}

/** Bitwise operators work on 32 bits; anything else would lose digits without a word. */
function bits(value: number): number {
  if (Number.isInteger(value) && value >= -(2 ** 31) && value < 2 ** 32) return value;
  throw outOfDomain(
    'Bitwise operators take integers from -2147483648 to 4294967295.',
    'For powers write ^, for larger numbers divide by a power of 2.',
    'formula',
  );
}

function places(value: number): number {
  if (Number.isInteger(value) && value >= 0 && value < 32) return value;
  throw outOfDomain('Bits are shifted by 0 to 31 places.', 'Multiply or divide by a power of 2 instead.', 'formula');
}
