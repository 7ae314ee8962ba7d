/** Compiles binary operators to closures. */
import type { ArithmeticOperator, BinaryOperator, OrderOperator, PlainNode } from './ast.js';
import { type At, limitError } from './faults.js';
import { arithmeticFault, isEqual, isMemberOf, isOrdered, isTrue, textOf } from './operators.js';
import { type Evaluator, type Term, termValue } from './term.js';
import type { ExpressionLimits } from './types.js';

/** A binary operator other than `&`. */
export function binary<F>(operator: Exclude<BinaryOperator, '&'>, left: Term<F>, right: Term<F>, at: At): Evaluator<F> {
  switch (operator) {
    case '=':
      return (frame) => {
        const a = termValue(left, frame);
        const b = termValue(right, frame);
        return a !== undefined && b !== undefined && isEqual(a, b);
      };
    case '!=':
      return (frame) => {
        const a = termValue(left, frame);
        const b = termValue(right, frame);
        return a !== undefined && b !== undefined && !isEqual(a, b);
      };
    case 'in':
      return (frame) => isMemberOf(termValue(left, frame), termValue(right, frame));
    case 'and':
      return (frame) => isTrue(termValue(left, frame)) && isTrue(termValue(right, frame));
    case 'or':
      return (frame) => isTrue(termValue(left, frame)) || isTrue(termValue(right, frame));
    case '<':
    case '<=':
    case '>':
    case '>=':
      return order(operator, left, right, at);
    default:
      return arithmetic(operator, left, right, at);
  }
}

/** A branch on the operator costs less than a call of what it stands for. */
function arithmetic<F>(operator: ArithmeticOperator, left: Term<F>, right: Term<F>, at: At): Evaluator<F> {
  return (frame) => {
    const a = termValue(left, frame);
    const b = termValue(right, frame);
    // A number less itself is zero unless it is infinite, or none.
    return typeof a === 'number' && typeof b === 'number' && a - a === 0 && b - b === 0
      ? calculate(operator, a, b)
      : arithmeticFault(a, b, at);
  };
}

function calculate(operator: ArithmeticOperator, a: number, b: number): number {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      return a % b;
  }
}

function order<F>(operator: OrderOperator, left: Term<F>, right: Term<F>, at: At): Evaluator<F> {
  return (frame) => {
    const a = termValue(left, frame);
    const b = termValue(right, frame);
    if (typeof a === 'number' && typeof b === 'number') return isInOrder(operator, a, b);
    // What is ordered is two numbers or two texts.
    return isOrdered(a, b, at) ? isInOrder(operator, a as string, b as string) : undefined;
  };
}

function isInOrder<T extends string | number>(operator: OrderOperator, a: T, b: T): boolean {
  switch (operator) {
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
  }
}

/** An operand of a row of `&`; `at` is where its operator stands. */
interface Link<F> {
  readonly term: Term<F>;
  readonly at: At;
}

/** `a & b & c`, from the left: one closure instead of one for each operator. */
export function linksOf<F>(
  node: Extract<PlainNode, { kind: 'binary' }>,
  operand: (node: PlainNode) => Term<F>,
): Link<F>[] {
  const { left, right, at } = node;
  const links =
    left.kind === 'binary' && left.operator === '&' ? linksOf(left, operand) : [{ term: operand(left), at }];
  links.push({ term: operand(right), at });
  return links;
}

/** Both sides of an operator are evaluated before either is made text. */
export function concatenation<F>(
  [first, second, ...others]: readonly Link<F>[],
  limits: ExpressionLimits,
): Evaluator<F> {
  // A row has two operands at least.
  const [a, b] = [first as Link<F>, second as Link<F>];
  return (frame) => {
    const left = termValue(a.term, frame);
    const right = termValue(b.term, frame);
    let text = typeof left === 'string' ? left : textOf(left, limits, a.at);
    text += typeof right === 'string' ? right : textOf(right, limits, b.at);
    for (let index = 0; index < others.length; index++) {
      if (text.length > limits.size) break;
      const { term, at } = others[index] as Link<F>; // within the length
      const next = termValue(term, frame);
      text += typeof next === 'string' ? next : textOf(next, limits, at);
    }
    if (text.length > limits.size) throw limitError('size', limits.size);
    return text;
  };
}
