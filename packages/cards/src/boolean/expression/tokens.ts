/** Cuts a true/false expression into its smallest parts. */
import type { Value } from '@flowdeck/engine';
import { losesDigits } from '@flowdeck/engine/kit';
import { testSyntax } from './faults.js';

export type ExpressionToken =
  | { readonly kind: 'literal'; readonly value: Value; readonly position: number }
  | { readonly kind: 'input'; readonly name: string; readonly position: number }
  /** Words in lower case and with one blank between them; `and` for `&&`, `or` for `||`, `not` for `!`. */
  | { readonly kind: 'operator'; readonly text: string; readonly position: number }
  | { readonly kind: 'end'; readonly position: number };

/** Blanks; placeholders, each one token whatever its name holds; texts; numbers; words; signs; and any other character. */
const EXPRESSION_TOKEN =
  /(?<blank>\s+)|\{\{\{(?<triple>[^{}]+)\}\}\}|\{\{(?<double>[^{}]+)\}\}|(?<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?<number>-?(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?)|(?<words>doesn't\s+have\b|is\s+not\s+empty\b|is\s+empty\b|not\s+in\b|[a-z_]\w*)|(?<sign>[=!]==?|[<>]=?|&&|\|\||[!%()])|./gisu;

const LITERALS: ReadonlyMap<string, Value> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);
const WORDS: ReadonlySet<string> = new Set([
  ...['and', 'or', 'not', 'in', 'not in', 'has', "doesn't have", 'is empty', 'is not empty'],
]);
const SYNONYMS: ReadonlyMap<string, string> = new Map([
  ['&&', 'and'],
  ['||', 'or'],
  ['!', 'not'],
]);

/** @throws RunError `test-syntax`. */
export function expressionTokens(expression: string): readonly ExpressionToken[] {
  const tokens: ExpressionToken[] = [];
  for (const found of expression.matchAll(EXPRESSION_TOKEN)) {
    const { blank, triple, double, text, number, words, sign } = found.groups ?? {};
    const position = found.index;
    const name = triple ?? double;
    if (blank !== undefined) continue;
    if (name !== undefined) tokens.push({ kind: 'input', name, position });
    else if (text !== undefined) tokens.push({ kind: 'literal', value: unquoted(text), position });
    else if (number !== undefined) tokens.push({ kind: 'literal', value: numeric(number), position });
    else if (words !== undefined) tokens.push(worded(words, position));
    else if (sign !== undefined) tokens.push({ kind: 'operator', text: SYNONYMS.get(sign) ?? sign, position });
    else throw testSyntax(`"${found[0]}" has no meaning in an expression`, position);
  }
  tokens.push({ kind: 'end', position: expression.length });
  return tokens;
}

function worded(words: string, position: number): ExpressionToken {
  const text = words.toLowerCase().replace(/\s+/g, ' ');
  const literal = LITERALS.get(text);
  if (literal !== undefined) return { kind: 'literal', value: literal, position };
  if (WORDS.has(text)) return { kind: 'operator', text, position };
  throw testSyntax(
    `"${words.slice(0, 40)}" is no operator; an input is written {{name}}, a text in quotation marks`,
    position,
  );
}

/** Digits that no number keeps stay text, which compares as the number that they are. */
function numeric(digits: string): Value {
  const number = Number(digits);
  return losesDigits(digits, number) ? digits : number;
}

/** A backslash takes the character after it as it is. */
function unquoted(text: string): string {
  return text.slice(1, -1).replace(/\\(.)/gsu, '$1');
}
