/** Reads a true/false expression into a tree, with the values of its inputs in their places. */
import type { Value, ValueObject } from '@flowdeck/engine';
import { OPERATORS } from '@flowdeck/engine/kit';
import { testSyntax, unknownInput } from './faults.js';
import { type ExpressionToken, expressionTokens } from './tokens.js';

/** Tests in a row stand in lists: however long the row, the tree stays as flat as the expression is. */
export type Test =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'all' | 'any'; readonly tests: readonly Test[] }
  | { readonly kind: 'not'; readonly test: Test }
  | { readonly kind: 'comparison'; readonly left: Test; readonly operator: string; readonly right: Test };

const LONGEST_EXPRESSION = 10_000;
const DEEPEST_EXPRESSION = 200;
const NOTHING: Test = { kind: 'value', value: null };
const OPERANDS: ReadonlyMap<string, 1 | 2> = new Map(OPERATORS.map(({ operator, operands }) => [operator, operands]));

/**
 * Every name is looked up, also in a part that the result will not depend on: a typing error is told at once.
 *
 * @throws RunError `test-syntax` or `test-input`.
 */
export function parseTest(expression: string, inputs: ValueObject): Test {
  if (expression.length > LONGEST_EXPRESSION)
    throw testSyntax(`it has more than ${LONGEST_EXPRESSION} characters`, LONGEST_EXPRESSION);
  return new ExpressionParser(expressionTokens(expression), inputs).whole();
}

class ExpressionParser {
  readonly #tokens: readonly ExpressionToken[];
  readonly #inputs: ValueObject;
  #next = 0;
  #depth = 0;

  constructor(tokens: readonly ExpressionToken[], inputs: ValueObject) {
    this.#tokens = tokens;
    this.#inputs = inputs;
  }

  whole(): Test {
    const test = this.#any();
    const rest = this.#peek();
    if (rest.kind !== 'end') throw testSyntax('an operator such as == or and is missing', rest.position);
    return test;
  }

  #any(): Test {
    return this.#row('any', 'or', () => this.#row('all', 'and', () => this.#negated()));
  }

  #row(kind: 'all' | 'any', word: 'and' | 'or', read: () => Test): Test {
    const first = read();
    const tests = [first];
    while (this.#take(word)) tests.push(read());
    return tests.length === 1 ? first : { kind, tests };
  }

  #negated(): Test {
    if (!this.#take('not')) return this.#comparison();
    return { kind: 'not', test: this.#deeper(() => this.#negated()) };
  }

  #comparison(): Test {
    const left = this.#operand();
    const token = this.#peek();
    const operands = token.kind === 'operator' ? OPERANDS.get(token.text) : undefined;
    if (token.kind !== 'operator' || operands === undefined) return left;
    this.#next++;
    return { kind: 'comparison', left, operator: token.text, right: operands === 1 ? NOTHING : this.#operand() };
  }

  #operand(): Test {
    const token = this.#peek();
    this.#next++;
    if (token.kind === 'literal') return { kind: 'value', value: token.value };
    if (token.kind === 'input') return { kind: 'value', value: this.#valueOf(token.name) };
    if (token.kind === 'operator' && token.text === '(') {
      return this.#deeper(() => {
        const inner = this.#any();
        const end = this.#peek();
        if (!this.#take(')')) throw testSyntax('a closing parenthesis is missing', end.position);
        return inner;
      });
    }
    throw testSyntax('an input or a value is missing', token.position);
  }

  #valueOf(name: string): Value {
    const value = Object.hasOwn(this.#inputs, name) ? this.#inputs[name] : undefined;
    if (value === undefined) throw unknownInput(name, Object.keys(this.#inputs));
    return value;
  }

  #deeper(read: () => Test): Test {
    if (++this.#depth > DEEPEST_EXPRESSION) {
      throw testSyntax(`it is nested more than ${DEEPEST_EXPRESSION} levels deep`, this.#peek().position);
    }
    const test = read();
    this.#depth--;
    return test;
  }

  #take(text: string): boolean {
    const token = this.#peek();
    if (token.kind !== 'operator' || token.text !== text) return false;
    this.#next++;
    return true;
  }

  #peek(): ExpressionToken {
    // The last token is the end, and nothing reads past it without an error.
    return this.#tokens[Math.min(this.#next, this.#tokens.length - 1)] as ExpressionToken;
  }
}
