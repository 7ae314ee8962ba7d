/** Cuts a formula into its smallest parts. */
import { formulaSyntax } from './faults.js';

export interface FormulaToken {
  /** `end` stands after the last one. */
  readonly kind: 'number' | 'name' | 'input' | 'operator' | 'end';
  /** The name alone, for an input. */
  readonly text: string;
  /** In the formula, from 0. */
  readonly position: number;
}

/**
 * Blanks and comments; placeholders, each one token whatever its name holds: hyphens in it are no minus signs; numbers;
 * names; operators, those of two characters first: ^| is not a power; and any other character.
 */
const FORMULA_TOKEN =
  /(\s+|#[^\n]*)|\{\{\{([^{}]+)\}\}\}|\{\{([^{}]+)\}\}|((?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?)|([A-Za-z_][A-Za-z0-9_]*)|(\^\||<<|>>|[|&^~!%*/+(),-])|./gsu;

export function formulaTokens(formula: string): readonly FormulaToken[] {
  const tokens: FormulaToken[] = [];
  for (const found of formula.matchAll(FORMULA_TOKEN)) {
    const [whole, skipped, triple, double, number, name, operator] = found;
    const position = found.index;
    const input = triple ?? double;
    if (skipped !== undefined) continue;
    if (input !== undefined) tokens.push({ kind: 'input', text: input, position });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number, position });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name, position });
    else if (operator !== undefined) tokens.push({ kind: 'operator', text: operator, position });
    else throw formulaSyntax(`"${whole}" has no meaning in a formula`, position);
  }
  tokens.push({ kind: 'end', text: '', position: formula.length });
  return tokens;
}
