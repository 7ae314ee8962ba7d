/** Which root names an expression beyond the plain subset may read, told from its tokens alone. */
import type { Token } from './token.js';

/** Operators that reach everything when they stand for an operand. */
const WILDCARDS: ReadonlySet<unknown> = new Set(['*', '**', '%']);
const OPERATOR_WORDS: ReadonlySet<unknown> = new Set(['and', 'or', 'in']);

/** Functions that take the current context, at the top the whole root, for a missing argument; with their full count. */
const CONTEXTUAL: ReadonlyMap<unknown, number> = new Map([
  ['string', 1],
  ['boolean', 1],
  ['not', 1],
  ['keys', 1],
  ['spread', 1],
  ['clone', 1],
  ['lookup', 2],
  ['each', 2],
  ['sift', 2],
]);

/** All names that the source spells where a path may start, or `*` when it may read any. */
export function possibleRoots(tokens: readonly Token[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [index, token] of tokens.entries()) {
    if (reachesAll(tokens, index)) return new Set(['*']);
    // What follows a dot is read from what stands before it.
    if (isOperator(tokens[index - 1], '.')) continue;
    const next = tokens[index + 1]?.value;
    // A field may be called "and", "or" or "in". A text is a name where it is a step of a path.
    const word = token.type === 'operator' && OPERATOR_WORDS.has(token.value);
    if (token.type === 'name' || word || (token.type === 'string' && (next === '.' || next === '['))) {
      names.add(String(token.value));
    }
  }
  return names;
}

function reachesAll(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index]!; // the caller walks the tokens
  if (token.type === 'operator') return WILDCARDS.has(token.value) && !endsOperand(tokens[index - 1]);
  if (token.type !== 'variable') return false;
  if (token.value === '' || token.value === '$') return true;
  return argumentsAfter(tokens, index + 1) < (CONTEXTUAL.get(token.value) ?? 0);
}

function endsOperand(token: Token | undefined): boolean {
  if (token === undefined) return false;
  return token.type !== 'operator' || token.value === ')' || token.value === ']' || token.value === '}';
}

/** How many arguments the call starting at `index` has; 0 where there is none. Brackets are known to match. */
function argumentsAfter(tokens: readonly Token[], index: number): number {
  if (!isOperator(tokens[index], '(') || isOperator(tokens[index + 1], ')')) return 0;
  let count = 1;
  let depth = 0;
  for (let at = index; at < tokens.length; at++) {
    const token = tokens[at];
    if (isOperator(token, '(') || isOperator(token, '[') || isOperator(token, '{')) depth++;
    else if (isOperator(token, ')') || isOperator(token, ']') || isOperator(token, '}')) depth--;
    else if (depth === 1 && isOperator(token, ',')) count++;
    if (depth === 0) break;
  }
  return count;
}

function isOperator(token: Token | undefined, operator: string): boolean {
  return token?.type === 'operator' && token.value === operator;
}
