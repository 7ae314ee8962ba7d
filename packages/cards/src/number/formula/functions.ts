/** Functions and constants of formulas. */
import type { Random } from '@flowdeck/engine';

export interface FormulaFunction {
  readonly least: number;
  readonly most: number;
  readonly apply: (args: readonly number[], random: Random) => number;
}

const one = (apply: (value: number) => number): FormulaFunction => ({
  least: 1,
  most: 1,
  apply: ([value = Number.NaN]) => apply(value),
});
const many = (apply: (values: readonly number[]) => number): FormulaFunction => ({
  least: 1,
  most: Number.POSITIVE_INFINITY,
  apply: (values) => apply(values),
});

/** By name. A map: no name of a flow ever reaches an object's prototype. */
export const FUNCTIONS: ReadonlyMap<string, FormulaFunction> = new Map<string, FormulaFunction>([
  ['abs', one(Math.abs)],
  ['acos', one(Math.acos)],
  ['asin', one(Math.asin)],
  ['atan', one(Math.atan)],
  ['ceil', one(Math.ceil)],
  ['cos', one(Math.cos)],
  ['cosh', one(Math.cosh)],
  ['exp', one(Math.exp)],
  ['floor', one(Math.floor)],
  ['log', one(Math.log)],
  ['log10', one(Math.log10)],
  ['max', many((values) => values.reduce((best, value) => Math.max(best, value)))],
  ['min', many((values) => values.reduce((best, value) => Math.min(best, value)))],
  ['pow', { least: 2, most: 2, apply: ([base = Number.NaN, exponent = Number.NaN]) => base ** exponent }],
  ['random', { least: 0, most: 1, apply: ([below = 1], random) => random.number() * below }],
  // Halves away from zero, unlike the Round card.
  ['round', one((value) => Math.sign(value) * Math.round(Math.abs(value)))],
  ['sin', one(Math.sin)],
  ['sinh', one(Math.sinh)],
  ['sqrt', one(Math.sqrt)],
  ['tan', one(Math.tan)],
  ['tanh', one(Math.tanh)],
]);

export const CONSTANTS: ReadonlyMap<string, number> = new Map([
  ['pi', Math.PI],
  ['e', Math.E],
]);
