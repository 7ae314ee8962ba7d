/** What can be said of a token stream without grammar: brackets, nesting, and where a regular expression would start. */
import { type SourceFault, syntaxFault } from './faults.js';
import type { Token } from './token.js';

/** Brackets inside brackets. */
export const MAX_BRACKETS = 200;
/** JSONata copies the left side of `?:` and `??`: nested in parentheses, every openBracket doubles what it parses. */
const MAX_DOUBLINGS = 8;

const CLOSERS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
/** Operators that stand for an operand where an operand is expected: wildcards, the parent, field names. */
const WILD: ReadonlySet<unknown> = new Set(['*', '**', '%', 'and', 'or', 'in']);

/** One open bracket. */
interface OpenBracket {
  readonly closer: string;
  readonly position: number;
  /** What stood before the bracket. */
  readonly before: Before;
  /** False until something stands inside. */
  filled: boolean;
  /** How often the expressions in brackets that this operand closed double. */
  inner: number;
  /** How often this level's own expressions double. */
  doublings: number;
}

/** What the last token was, as far as the next one depends on it. */
type Before = 'operand' | 'operator' | 'function' | 'parameters' | 'order' | 'ambiguous';

/**
 * Follows a token stream. It knows exactly where JSONata would read `/` as division; everywhere else a slash starts a
 * regular expression (or an error) and is refused, so that no text after it can be read differently than here.
 */
export class Structure {
  readonly #levels: OpenBracket[] = [openBracket('', 0, 'operator')];
  #before: Before = 'operator';

  see(token: Token): SourceFault | null {
    const before = this.#before;
    const current = this.#levels.at(-1)!; // the outermost level stays
    const operator = token.type === 'operator' ? String(token.value) : '';
    const closer = CLOSERS[operator];
    if (closer === undefined && !(operator === current.closer && operator !== '')) current.filled = true;
    if (closer !== undefined) {
      current.filled = true;
      this.#before = 'operator';
      this.#levels.push(openBracket(closer, token.position, before));
      return this.#levels.length > MAX_BRACKETS + 1 ? sourceTooDeep() : null;
    }
    if (operator === ')' || operator === ']' || operator === '}') return this.#close(current, token);
    if (operator === '/' && before !== 'operand' && before !== 'function') return regex(token.position);
    if (operator === '<' && before === 'parameters') return signature(token.position);
    if (operator === '?:' || operator === '??') {
      current.doublings = Math.max(current.doublings, current.inner + 1);
      current.inner = 0;
      if (current.doublings > MAX_DOUBLINGS) return sourceTooDeep();
    }
    this.#before = after(token, before);
    return null;
  }

  end(length: number): SourceFault | null {
    const open = this.#levels.at(-1)!; // the outermost level stays
    if (this.#levels.length === 1) return null;
    return syntaxFault(`"${open.closer}" is missing for the bracket before character ${open.position}.`, length);
  }

  #close(current: OpenBracket, token: Token): SourceFault | null {
    if (current.closer !== token.value) {
      const expected = current.closer === '' ? 'nothing is open there' : `"${current.closer}" is expected`;
      return syntaxFault(`"${String(token.value)}" stands where ${expected}.`, token.position);
    }
    this.#levels.pop();
    const outer = this.#levels.at(-1)!; // the outermost level closes with nothing
    outer.inner = Math.max(outer.inner, current.inner, current.doublings);
    this.#before = afterClosing(current);
    return null;
  }
}

function openBracket(closer: string, position: number, before: Before): OpenBracket {
  return { closer, position, before, filled: false, inner: 0, doublings: 0 };
}

function after(token: Token, before: Before): Before {
  if (token.type === 'name') return token.value === 'function' || token.value === 'λ' ? 'function' : 'operand';
  if (token.type !== 'operator') return 'operand';
  if (token.value === '^') return 'order';
  if (!WILD.has(token.value) || before === 'operand' || before === 'function') return 'operator';
  // In the place of an operand these are operands.
  return before === 'ambiguous' ? 'ambiguous' : 'operand';
}

/** JSONata expects an operand after some closing brackets, so that a slash there starts a regular expression. */
function afterClosing(closed: OpenBracket): Before {
  switch (closed.closer) {
    case ')':
      if (closed.before === 'function') return 'parameters';
      return closed.before === 'order' ? 'ambiguous' : 'operand';
    case ']':
      // `a[]` keeps lists; an empty list constructor is an operand like any other.
      return closed.filled || closed.before === 'operator' || closed.before === 'order' ? 'operand' : 'ambiguous';
    default:
      return closed.before === 'parameters' ? 'ambiguous' : 'operand';
  }
}

function regex(position: number): SourceFault {
  return {
    code: 'expression-regex',
    message: `A regular expression starts at character ${position - 1} of the expression; they are not supported there.`,
    hint: 'Use a text as the pattern, or a card that matches patterns.',
  };
}

function signature(position: number): SourceFault {
  return {
    code: 'expression-signature',
    message: `A function signature starts at character ${position - 1} of the expression; they are not supported.`,
    hint: 'Declare the function without "<...>".',
  };
}

function sourceTooDeep(): SourceFault {
  return {
    code: 'expression-too-deep',
    message: 'The expression nests too deeply.',
    hint: `Use at most ${MAX_BRACKETS} brackets inside each other, and "??" or "?:" in few of them.`,
  };
}
