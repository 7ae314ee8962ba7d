/** Errors of patterns. */
import { LimitError, RunError } from '@flowdeck/engine';
import type { CardsCode } from '../../codes.js';

/** Errors of every card that takes a pattern and refuses faulty ones. */
export const PATTERN_ERRORS = {
  'pattern-syntax': 'The text is not a regular expression.',
  'pattern-unsupported':
    'The pattern looks around or refers to groups, which cannot be matched in linear time, or it is too large.',
  limit: 'The text is too long for the pattern, or the result would be larger than memory bears.',
} as const;

export function notAPattern(cause?: unknown): RunError {
  return new RunError<CardsCode>('pattern-syntax', 'The text is not a regular expression.', {
    hint: 'Write a backslash before characters that are meant as they are, such as \\( or \\+.',
    cause,
  });
}

export function unsupported(what: string, cause?: unknown): RunError {
  return new RunError<CardsCode>('pattern-unsupported', `Patterns cannot have ${what}.`, {
    hint: 'Patterns run in linear time, which leaves no room for it. Split the work over several cards.',
    cause,
  });
}

export function tooMuchWork(): LimitError {
  return new LimitError('patternWork', 'Matching the pattern takes too long on a text of this length.', {
    hint: 'Use a simpler pattern or a shorter text.',
  });
}
