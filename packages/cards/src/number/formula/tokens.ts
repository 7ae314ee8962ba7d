/** Cuts a formula into its smallest parts. */
import { formulaSyntax } from './faults.js';

export interface Token {
  /** `end` stands after the last one. */
  readonly kind: 'number' | 'name' | 'input' | 'operator' | 'end';
  /** The name alone, for an input. */
  readonly text: string;
  /** In the formula, from 0. */
  readonly position: number;
}

/** Blanks and comments. */
const SKIPPED = '(?:\\s+|#[^\\n]*)*';
/** A placeholder is one token whatever its name holds: hyphens in it are no minus signs. */
const FORMS: readonly (readonly [Token['kind'], string])[] = [
  ['input', '\\{\\{\\{([^{}]+)\\}\\}\\}'],
  ['input', '\\{\\{([^{}]+)\\}\\}'],
  ['number', '((?:\\d+(?:\\.\\d+)?|\\.\\d+)(?:[eE][+-]?\\d+)?)'],
  ['name', '([A-Za-z_][A-Za-z0-9_]*)'],
  // The two-character operators first: ^| is not a power.
  ['operator', '(\\^\\||<<|>>|[|&^~!%*/+(),-])'],
];

export function tokensOf(formula: string): readonly Token[] {
  const skipped = new RegExp(SKIPPED, 'y');
  const forms = FORMS.map(([kind, form]) => [kind, new RegExp(form, 'y')] as const);
  const tokens: Token[] = [];
  let position = 0;
  for (;;) {
    skipped.lastIndex = position;
    position += skipped.exec(formula)?.[0].length ?? 0;
    if (position >= formula.length) break;
    const token = tokenAt(formula, position, forms);
    tokens.push(token.token);
    position += token.length;
  }
  tokens.push({ kind: 'end', text: '', position });
  return tokens;
}

function tokenAt(
  formula: string,
  position: number,
  forms: readonly (readonly [Token['kind'], RegExp])[],
): { token: Token; length: number } {
  for (const [kind, form] of forms) {
    form.lastIndex = position;
    const found = form.exec(formula);
    if (found) return { token: { kind, text: found[1] ?? '', position }, length: found[0].length };
  }
  const character = String.fromCodePoint(formula.codePointAt(position) ?? 0);
  throw formulaSyntax(`"${character}" has no meaning in a formula`, position);
}
