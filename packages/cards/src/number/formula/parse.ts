/** Reads a formula into a tree. */
import { losesDigits } from '@flowdeck/engine/kit';
import { formulaSyntax, unknownName } from './faults.js';
import { CONSTANTS, type FormulaFunction, FUNCTIONS } from './functions.js';
import { type FormulaToken, formulaTokens } from './tokens.js';

export type UnaryOperator = '-' | '+' | '~';
export type BinaryOperator = '|' | '^|' | '&' | '<<' | '>>' | '+' | '-' | '*' | '/' | '%' | '^';

/** Operators in a row stand in lists: however long the row, the tree stays as flat as the formula is. */
export type Formula =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'input'; readonly name: string }
  | { readonly kind: 'sign'; readonly operator: UnaryOperator; readonly operand: Formula }
  | { readonly kind: 'factorial'; readonly operand: Formula; readonly times: number }
  | { readonly kind: 'chain'; readonly first: Formula; readonly links: readonly Link[] }
  | { readonly kind: 'call'; readonly callee: FormulaFunction; readonly args: readonly Formula[] };

/** One more step of a chain, which is worked out from left to right. */
export interface Link {
  readonly operator: BinaryOperator;
  readonly operand: Formula;
}

const LONGEST_FORMULA = 10_000;
const DEEPEST_FORMULA = 200;

/** Left-associative operators, loosest first. A power binds closer than a sign, and to the right. */
const LEVELS: readonly (readonly BinaryOperator[])[] = [
  ['|'],
  ['^|'],
  ['&'],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
];

/** @throws RunError `formula-syntax` or `formula-name`. */
export function parseFormula(text: string): Formula {
  if (text.length > LONGEST_FORMULA)
    throw formulaSyntax(`it has more than ${LONGEST_FORMULA} characters`, LONGEST_FORMULA);
  return new FormulaParser(formulaTokens(text)).formula();
}

class FormulaParser {
  readonly #tokens: readonly FormulaToken[];
  #next = 0;
  #depth = 0;

  constructor(tokens: readonly FormulaToken[]) {
    this.#tokens = tokens;
  }

  formula(): Formula {
    const formula = this.#binary(0);
    const rest = this.#peek();
    if (rest.kind !== 'end') throw formulaSyntax(`an operator is missing before ${shown(rest)}`, rest.position);
    return formula;
  }

  #binary(level: number): Formula {
    const operators = LEVELS[level];
    if (!operators) return this.#signed();
    const first = this.#binary(level + 1);
    const links: Link[] = [];
    for (;;) {
      const operator = operators.find((candidate) => this.#take(candidate));
      if (operator === undefined) return links.length === 0 ? first : { kind: 'chain', first, links };
      links.push({ operator, operand: this.#binary(level + 1) });
    }
  }

  #signed(): Formula {
    const operator = (['-', '+', '~'] as const).find((candidate) => this.#take(candidate));
    if (operator === undefined) return this.#power();
    return { kind: 'sign', operator, operand: this.#deeper(() => this.#signed()) };
  }

  #power(): Formula {
    const atom = this.#atom();
    let times = 0;
    while (this.#take('!')) times++;
    const base: Formula = times === 0 ? atom : { kind: 'factorial', operand: atom, times };
    if (!this.#take('^')) return base;
    // The exponent may have a sign, and powers of its own: 2^-3^2 is 2^(-(3^2)).
    return { kind: 'chain', first: base, links: [{ operator: '^', operand: this.#deeper(() => this.#signed()) }] };
  }

  #atom(): Formula {
    const token = this.#peek();
    this.#next++;
    switch (token.kind) {
      case 'number':
        return { kind: 'number', value: numberIn(token) };
      case 'input':
        return { kind: 'input', name: token.text };
      case 'name':
        return this.#named(token);
      default:
        if (token.text !== '(') throw formulaSyntax(`a number is missing before ${shown(token)}`, token.position);
        return this.#deeper(() => {
          const inner = this.#binary(0);
          this.#close();
          return inner;
        });
    }
  }

  #named(token: FormulaToken): Formula {
    const constant = CONSTANTS.get(token.text);
    if (constant !== undefined) return { kind: 'number', value: constant };
    const callee = FUNCTIONS.get(token.text);
    if (!callee) throw unknownName('function or constant', token.text, [...CONSTANTS.keys(), ...FUNCTIONS.keys()]);
    if (!this.#take('(')) throw formulaSyntax(`"${token.text}" needs its arguments in parentheses`, token.position);
    const args = this.#deeper(() => this.#arguments());
    if (args.length < callee.least || args.length > callee.most) {
      throw formulaSyntax(`"${token.text}" takes another number of arguments`, token.position);
    }
    return { kind: 'call', callee, args };
  }

  #arguments(): Formula[] {
    const args: Formula[] = [];
    if (this.#take(')')) return args;
    do args.push(this.#binary(0));
    while (this.#take(','));
    this.#close();
    return args;
  }

  #close(): void {
    const token = this.#peek();
    if (!this.#take(')'))
      throw formulaSyntax(`a closing parenthesis is missing before ${shown(token)}`, token.position);
  }

  #deeper<T>(read: () => T): T {
    if (++this.#depth > DEEPEST_FORMULA) {
      throw formulaSyntax(`it is nested more than ${DEEPEST_FORMULA} levels deep`, this.#peek().position);
    }
    const result = read();
    this.#depth--;
    return result;
  }

  #take(operator: string): boolean {
    const token = this.#peek();
    if (token.kind !== 'operator' || token.text !== operator) return false;
    this.#next++;
    return true;
  }

  #peek(): FormulaToken {
    // The last token is the end, and nothing reads past it without an error.
    return this.#tokens[Math.min(this.#next, this.#tokens.length - 1)] as FormulaToken;
  }
}

function numberIn({ text, position }: FormulaToken): number {
  const number = Number(text);
  if (losesDigits(text, number)) throw formulaSyntax(`"${text}" has more digits than a number keeps`, position);
  return number;
}

function shown(token: FormulaToken): string {
  return token.kind === 'end' ? 'the end' : `"${token.text}"`;
}
