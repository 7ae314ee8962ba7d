/** The syntax tree of the plain subset. */
import type { At } from './faults.js';

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%';
export type OrderOperator = '<' | '<=' | '>' | '>=';
export type BinaryOperator = ArithmeticOperator | OrderOperator | '&' | '=' | '!=' | 'in' | 'and' | 'or';

/** One name of a path, and the literal indexes after it: `items[0]`. */
export interface PathStep {
  readonly name: string;
  readonly indexes: readonly number[];
}

export type PlainNode =
  /** Undefined is the empty block `()`. */
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null | undefined }
  | { readonly kind: 'path'; readonly steps: readonly [PathStep, ...PathStep[]] }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: PlainNode;
      readonly right: PlainNode;
      readonly at: At;
    }
  | { readonly kind: 'negation'; readonly operand: PlainNode; readonly at: At }
  | {
      readonly kind: 'condition';
      readonly test: PlainNode;
      readonly then: PlainNode;
      readonly otherwise: PlainNode | null;
    }
  /** `?:` takes the left side when it counts as true, `??` when it is there at all. */
  | { readonly kind: 'default'; readonly when: 'true' | 'present'; readonly left: PlainNode; readonly right: PlainNode }
  /** Parentheses matter: a list in them is appended to a list constructor, not nested in it. */
  | { readonly kind: 'block'; readonly inner: PlainNode }
  | { readonly kind: 'list'; readonly items: readonly PlainNode[] }
  | { readonly kind: 'object'; readonly pairs: readonly (readonly [key: string, value: PlainNode])[] };

/** The first names of all paths. */
export function rootsOf(node: PlainNode): ReadonlySet<string> {
  const roots = new Set<string>();
  collectRoots(node, roots);
  return roots;
}

function collectRoots(node: PlainNode, roots: Set<string>): void {
  switch (node.kind) {
    case 'literal':
      return;
    case 'path':
      roots.add(node.steps[0].name);
      return;
    case 'binary':
    case 'default':
      collectRoots(node.left, roots);
      collectRoots(node.right, roots);
      return;
    case 'negation':
      collectRoots(node.operand, roots);
      return;
    case 'condition':
      collectRoots(node.test, roots);
      collectRoots(node.then, roots);
      if (node.otherwise) collectRoots(node.otherwise, roots);
      return;
    case 'block':
      collectRoots(node.inner, roots);
      return;
    case 'list':
      for (const item of node.items) collectRoots(item, roots);
      return;
    case 'object':
      for (const [, value] of node.pairs) collectRoots(value, roots);
  }
}
