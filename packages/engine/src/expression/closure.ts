/** Compiles the plain subset to closures: no promise, and no allocation beyond the result. */

import { setOwn, type Value } from '../values/index.js';
import type { PlainNode } from './ast.js';
import { binary, concatenation, linksOf } from './binary.js';
import { finite } from './data.js';
import { limitError, toFault } from './faults.js';
import { isTrue, negate } from './operators.js';
import { compilePath } from './path.js';
import { computed, type Evaluator, evaluatorOf, literally, type Term } from './term.js';
import type { BindPath, ExpressionLimits, PlainParts, PlainReader } from './types.js';

/**
 * A plain expression over frames of type F. What it gives at the end is a value as it was read, or built of such: lists and
 * objects are handed on, not copied.
 *
 * When several items of one list or object constructor fail, the first in compileOrder is reported.
 */
export function compilePlain<F>(node: PlainNode, bindPath: BindPath<F>, limits: ExpressionLimits): PlainParts<F> {
  return {
    run: compileNode(node, { bindPath, limits, final: true }),
    settle: asValue,
    fault: (error) => toFault(error, limits),
  };
}

function asValue(made: unknown): Value {
  if (typeof made === 'number') return finite(made);
  // What is read from a frame are values, and the operators give nothing else.
  return made === undefined ? null : (made as Value);
}

/** The parts as one reader. */
export function plainReader<F>({ run, fault }: PlainParts<F>): PlainReader<F> {
  return (frame) => {
    try {
      return asValue(run(frame));
    } catch (error) {
      throw fault(error);
    }
  };
}

interface Setting<F> {
  readonly bindPath: BindPath<F>;
  readonly limits: ExpressionLimits;
  /** True where the node's value becomes part of the result: numbers that JSON cannot hold are faults there. */
  readonly final: boolean;
}

function compileNode<F>(node: PlainNode, setting: Setting<F>): Evaluator<F> {
  const { bindPath, limits } = setting;
  const result = (part: PlainNode) => compileNode(part, setting);
  const operand = (part: PlainNode) => compileNode(part, setting.final ? { ...setting, final: false } : setting);
  const term = (part: PlainNode) => termOf(part, setting.final ? { ...setting, final: false } : setting);
  switch (node.kind) {
    case 'literal': {
      const { value } = node;
      return () => value;
    }
    case 'path':
      return evaluatorOf(compilePath(node.steps, bindPath, limits));
    case 'binary':
      return node.operator === '&'
        ? concatenation(linksOf(node, term), limits)
        : binary(node.operator, term(node.left), term(node.right), node.at);
    case 'negation': {
      const value = operand(node.operand);
      return (frame) => negate(value(frame), node.at);
    }
    case 'condition': {
      const [test, then] = [operand(node.test), result(node.then)];
      const otherwise = node.otherwise ? result(node.otherwise) : () => undefined;
      return (frame) => (isTrue(test(frame)) ? then(frame) : otherwise(frame));
    }
    case 'default':
      return fallback(node.when, result(node.left), result(node.right));
    case 'block':
      return result(node.inner);
    case 'list':
      return list(node.items, node.items.map(result), setting);
    case 'object':
      return object(
        node.pairs.map(([key]) => key),
        node.pairs.map(([, value]) => result(value)),
        setting.final,
      );
  }
}

/** An operand: nothing of it becomes part of the result as it is. */
function termOf<F>(node: PlainNode, setting: Setting<F>): Term<F> {
  switch (node.kind) {
    case 'literal':
      return literally(node.value);
    case 'path':
      return compilePath(node.steps, setting.bindPath, setting.limits);
    case 'block':
      return termOf(node.inner, setting);
    default:
      return computed(compileNode(node, setting));
  }
}

function fallback<F>(when: 'true' | 'present', left: Evaluator<F>, right: Evaluator<F>): Evaluator<F> {
  if (when === 'true') {
    return (frame) => {
      const value = left(frame);
      return isTrue(value) ? value : right(frame);
    };
  }
  return (frame) => {
    const value = left(frame);
    return value === undefined ? right(frame) : value;
  };
}

/** Lists are appended to the new one, except those of a nested list constructor. */
function list<F>(
  nodes: readonly PlainNode[],
  items: readonly Evaluator<F>[],
  { limits, final }: Setting<F>,
): Evaluator<F> {
  const nested = nodes.map((node) => node.kind === 'list');
  return (frame) => {
    const result: unknown[] = [];
    for (let index = 0; index < items.length; index++) {
      const value = items[index]!(frame); // within the length
      if (final && typeof value === 'number') finite(value);
      if (Array.isArray(value) && !nested[index]) for (const item of value) result.push(item);
      else if (value !== undefined) result.push(value);
      if (result.length > limits.list) throw limitError('list', limits.list);
    }
    return result;
  };
}

function object<F>(keys: readonly string[], values: readonly Evaluator<F>[], final: boolean): Evaluator<F> {
  return (frame) => {
    const result: { [key: string]: unknown } = {};
    for (let index = 0; index < keys.length; index++) {
      const value = values[index]!(frame); // as many as keys
      if (final && typeof value === 'number') finite(value);
      if (value !== undefined) setOwn(result, keys[index]!, value); // within the length
    }
    return result;
  };
}
