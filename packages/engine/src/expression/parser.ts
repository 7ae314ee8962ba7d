/** Parses the plain subset of JSONata (Pratt's method, JSONata's binding powers). Everything else is left to JSONata. */
import type { BinaryOperator, PathStep, PlainNode } from './ast.js';
import type { Token } from './token.js';

/** Deeper trees go to JSONata, so that a closure's recursion stays small. */
const MAX_SOURCE_DEPTH = 200;

const BINARY: Readonly<Record<string, number>> = {
  '*': 60,
  '/': 60,
  '%': 60,
  '+': 50,
  '-': 50,
  '&': 50,
  '=': 40,
  '!=': 40,
  '<': 40,
  '<=': 40,
  '>': 40,
  '>=': 40,
  in: 40,
  and: 30,
  or: 25,
};
const POWERS: Readonly<Record<string, number>> = { ...BINARY, '.': 75, '[': 80, '?': 20, '?:': 40, '??': 40 };
const ENDS: ReadonlySet<string> = new Set([')', ']', '}', ',', ':']);
/** What a unary minus takes with it: paths, not products. */
const MINUS = 70;
/** Keys that JSONata refuses in an object constructor. */
const RESERVED_KEYS: ReadonlySet<string> = new Set(['_jsonata_lambda', '_jsonata_function']);

/** The tree of a plain expression, or null when the source uses anything beyond the subset, or is malformed. */
export function parsePlain(tokens: readonly Token[]): PlainNode | null {
  const parser = new Parser(tokens);
  const node = parser.expression(0);
  return node !== null && parser.atEnd ? node : null;
}

/** Every method gives null as soon as the source leaves the subset. */
class Parser {
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get atEnd(): boolean {
    return this.#next >= this.#tokens.length;
  }

  expression(power: number): PlainNode | null {
    if (++this.#depth > MAX_SOURCE_DEPTH) return null;
    const first = this.#take();
    let left = first === undefined ? null : this.#prefix(first);
    for (let loops = 0; left !== null; loops++) {
      const binding = this.#power();
      if (binding === null || loops > MAX_SOURCE_DEPTH) return null;
      if (power >= binding) break;
      left = this.#infix(left, this.#take()!, binding); // its power was read
    }
    this.#depth--;
    return left;
  }

  #take(): Token | undefined {
    return this.#tokens[this.#next++];
  }

  #sees(operator: string): boolean {
    const token = this.#tokens[this.#next];
    return token?.type === 'operator' && token.value === operator;
  }

  #accept(operator: string): boolean {
    if (!this.#sees(operator)) return false;
    this.#next++;
    return true;
  }

  /** Binding power of what follows; 0 where the expression ends; null beyond the subset. */
  #power(): number | null {
    const token = this.#tokens[this.#next];
    if (token === undefined) return 0;
    if (token.type !== 'operator') return null;
    const operator = String(token.value);
    return ENDS.has(operator) ? 0 : (POWERS[operator] ?? null);
  }

  #prefix(token: Token): PlainNode | null {
    switch (token.type) {
      case 'name':
        return { kind: 'path', steps: [{ name: String(token.value), indexes: [] }] };
      case 'string':
      case 'number':
      case 'value':
        return { kind: 'literal', value: token.value };
      case 'variable':
        return null;
      case 'operator':
        return this.#prefixOperator(token);
    }
  }

  #prefixOperator(token: Token): PlainNode | null {
    switch (token.value) {
      case '-': {
        const operand = this.expression(MINUS);
        if (operand === null) return null;
        if (operand.kind === 'literal' && typeof operand.value === 'number') {
          return { kind: 'literal', value: -operand.value };
        }
        return { kind: 'negation', operand, at: { token: '-', position: token.position } };
      }
      case '(': {
        if (this.#accept(')')) return { kind: 'literal', value: undefined };
        const inner = this.expression(0);
        return inner !== null && this.#accept(')') ? { kind: 'block', inner } : null;
      }
      case '[':
        return this.#list();
      case '{':
        return this.#object();
      default:
        return null;
    }
  }

  #list(): PlainNode | null {
    const items: PlainNode[] = [];
    if (this.#accept(']')) return { kind: 'list', items };
    do {
      const item = this.expression(0);
      if (item === null) return null;
      items.push(item);
    } while (this.#accept(','));
    return this.#accept(']') ? { kind: 'list', items } : null;
  }

  /** Only literal keys, each once: JSONata groups by computed keys and has errors for equal ones. */
  #object(): PlainNode | null {
    const pairs = new Map<string, PlainNode>();
    if (this.#accept('}')) return { kind: 'object', pairs: [] };
    do {
      const key = this.#take();
      if (key?.type !== 'string' || typeof key.value !== 'string' || !this.#accept(':')) return null;
      if (pairs.has(key.value) || RESERVED_KEYS.has(key.value)) return null;
      const value = this.expression(0);
      if (value === null) return null;
      pairs.set(key.value, value);
    } while (this.#accept(','));
    return this.#accept('}') ? { kind: 'object', pairs: [...pairs] } : null;
  }

  #infix(left: PlainNode, token: Token, binding: number): PlainNode | null {
    const operator = String(token.value);
    switch (operator) {
      case '.':
        return this.#dot(left, binding);
      case '[':
        return this.#index(left);
      case '?':
        return this.#condition(left);
      case '?:':
      case '??': {
        const right = this.expression(0);
        return right && { kind: 'default', when: operator === '?:' ? 'true' : 'present', left, right };
      }
      default: {
        const right = this.expression(binding);
        if (right === null) return null;
        const at = { token: operator, position: token.position };
        // The power table holds binary operators and those that have a case above.
        return { kind: 'binary', operator: operator as BinaryOperator, left, right, at };
      }
    }
  }

  #dot(left: PlainNode, binding: number): PlainNode | null {
    const start = pathStepsOf(left);
    const right = this.expression(binding);
    const rest = right && pathStepsOf(right);
    return start && rest && { kind: 'path', steps: [...start, ...rest] };
  }

  /** Only a literal number after a name; anything else filters item by item. */
  #index(left: PlainNode): PlainNode | null {
    if (left.kind !== 'path') return null;
    const index = this.expression(0);
    if (index?.kind !== 'literal' || typeof index.value !== 'number' || !this.#accept(']')) return null;
    const last = left.steps.at(-1)!; // a path has a step
    const indexed: PathStep = { name: last.name, indexes: [...last.indexes, Math.floor(index.value)] };
    // What stood before the last step, if anything, and that step.
    const [first, ...rest] = [...left.steps.slice(0, -1), indexed];
    return { kind: 'path', steps: [first ?? indexed, ...rest] };
  }

  #condition(test: PlainNode): PlainNode | null {
    const then = this.expression(0);
    if (then === null) return null;
    if (!this.#accept(':')) return { kind: 'condition', test, then, otherwise: null };
    const otherwise = this.expression(0);
    return otherwise && { kind: 'condition', test, then, otherwise };
  }
}

/** The steps that a side of a dot stands for. A text there is a name. */
function pathStepsOf(node: PlainNode): readonly [PathStep, ...PathStep[]] | null {
  if (node.kind === 'path') return node.steps;
  if (node.kind === 'literal' && typeof node.value === 'string') return [{ name: node.value, indexes: [] }];
  return null;
}
