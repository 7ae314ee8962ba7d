/** Compiles binary operators to closures. */
import type { ArithmeticOperator, BinaryOperator, OrderOperator, PlainNode } from './ast.js';
import { type At, limitError } from './faults.js';
import { arithmeticFault, isEqual, isMemberOf, isOrdered, isTrue, textOf } from './operators.js';
import type { Evaluator } from './path.js';
import type { ExpressionLimits } from './types.js';

/** A binary operator other than `&`. */
export function binary<F>(
  operator: Exclude<BinaryOperator, '&'>,
  left: Evaluator<F>,
  rightNode: PlainNode,
  operand: (node: PlainNode) => Evaluator<F>,
  at: At,
): Evaluator<F> {
  const right = operand(rightNode);
  switch (operator) {
    case '=':
      return (frame) => {
        const a = left(frame);
        const b = right(frame);
        return a !== undefined && b !== undefined && isEqual(a, b);
      };
    case '!=':
      return (frame) => {
        const a = left(frame);
        const b = right(frame);
        return a !== undefined && b !== undefined && !isEqual(a, b);
      };
    case 'in':
      return (frame) => isMemberOf(left(frame), right(frame));
    case 'and':
      return (frame) => isTrue(left(frame)) && isTrue(right(frame));
    case 'or':
      return (frame) => isTrue(left(frame)) || isTrue(right(frame));
    case '<':
    case '<=':
    case '>':
    case '>=':
      return order(operator, left, right, at);
    default:
      return rightNode.kind === 'literal' && typeof rightNode.value === 'number'
        ? arithmeticBy(operator, left, rightNode.value, at)
        : arithmetic(operator, left, right, at);
  }
}

/** A branch on the operator costs less than a call of what it stands for. */
function arithmetic<F>(operator: ArithmeticOperator, left: Evaluator<F>, right: Evaluator<F>, at: At): Evaluator<F> {
  return (frame) => {
    const a = left(frame);
    const b = right(frame);
    if (typeof a !== 'number' || typeof b !== 'number' || !Number.isFinite(a) || !Number.isFinite(b)) {
      return arithmeticFault(a, b, at);
    }
    return calculate(operator, a, b);
  };
}

/** The same, where the second operand is a literal. */
function arithmeticBy<F>(operator: ArithmeticOperator, left: Evaluator<F>, b: number, at: At): Evaluator<F> {
  return (frame) => {
    const a = left(frame);
    return typeof a === 'number' && Number.isFinite(a) ? calculate(operator, a, b) : arithmeticFault(a, b, at);
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

function order<F>(operator: OrderOperator, left: Evaluator<F>, right: Evaluator<F>, at: At): Evaluator<F> {
  return (frame) => {
    const a = left(frame);
    const b = right(frame);
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
  /** The text of a literal: nothing is to be evaluated. */
  readonly text: string | null;
  readonly read: Evaluator<F>;
  readonly at: At;
}

/** `a & b & c`, from the left: one closure instead of one for each operator. */
export function linksOf<F>(
  node: Extract<PlainNode, { kind: 'binary' }>,
  operand: (node: PlainNode) => Evaluator<F>,
): Link<F>[] {
  const { left, right, at } = node;
  const links =
    left.kind === 'binary' && left.operator === '&' ? linksOf(left, operand) : [linkOf(left, operand(left), at)];
  links.push(linkOf(right, operand(right), at));
  return links;
}

function linkOf<F>(node: PlainNode, read: Evaluator<F>, at: At): Link<F> {
  return { text: node.kind === 'literal' && typeof node.value === 'string' ? node.value : null, read, at };
}

/** Both sides of an operator are evaluated before either is made text. */
export function concatenation<F>(
  [first, second, ...others]: readonly Link<F>[],
  limits: ExpressionLimits,
): Evaluator<F> {
  // A row has two operands at least.
  const [a, b] = [first as Link<F>, second as Link<F>];
  return (frame) => {
    const left = a.text ?? a.read(frame);
    const right = b.text ?? b.read(frame);
    let text = typeof left === 'string' ? left : textOf(left, limits, a.at);
    text += typeof right === 'string' ? right : textOf(right, limits, b.at);
    for (let index = 0; index < others.length; index++) {
      if (text.length > limits.size) break;
      const link = others[index] as Link<F>; // within the length
      const next = link.text ?? link.read(frame);
      text += typeof next === 'string' ? next : textOf(next, limits, link.at);
    }
    if (text.length > limits.size) throw limitError('size', limits.size);
    return text;
  };
}
