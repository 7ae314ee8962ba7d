/** Errors of true/false expressions. They name places and words of the expression, never values. */
import { RunError } from '@flowdeck/engine';
import type { CardsCode } from '../../codes.js';

export const TEST_ERRORS = {
  'test-syntax':
    'The text is not a true/false expression: something is missing, unknown or too much, or it is too long or deep.',
  'test-input': 'The expression names an input that the card does not have.',
} as const;

export function testSyntax(what: string, position: number): RunError {
  return new RunError<CardsCode>('test-syntax', `The expression is faulty: ${what}, at position ${position}.`, {
    at: { field: 'expression' },
    hint: 'Write such as {{price}} > 100 and not ({{state}} == "closed"); a text stands in quotation marks.',
  });
}

export function unknownInput(name: string, known: readonly string[]): RunError {
  return new RunError<CardsCode>('test-input', `The card has no input "${name.slice(0, 60)}".`, {
    at: { field: 'expression' },
    hint: known.length === 0 ? 'It has none besides the expression.' : `There are: ${known.join(', ')}.`,
  });
}
