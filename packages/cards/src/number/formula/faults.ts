/** Errors of formulas. They name places and words of the formula, never values. */
import { RunError } from '@flowdeck/engine';
import type { CardsCode } from '../../codes.js';

export const FORMULA_ERRORS = {
  'formula-syntax': 'The text is not a formula: something is missing, unknown or too much, or it is too long or deep.',
  'formula-name': 'The formula uses a function, a constant or an input that does not exist.',
} as const;

export function formulaSyntax(what: string, position: number): RunError {
  return new RunError<CardsCode>('formula-syntax', `The formula is faulty: ${what}, at position ${position}.`, {
    at: { field: 'formula' },
    hint: 'Write such as ({{a}} + 1) * pow({{b}}, 2); a product needs its *.',
  });
}

export function unknownName(what: string, name: string, known: Iterable<string>): RunError {
  const names = [...known].join(', ');
  return new RunError<CardsCode>('formula-name', `There is no ${what} "${name}".`, {
    at: { field: 'formula' },
    hint: names === '' ? 'The card has none.' : `There are: ${names}.`,
  });
}
