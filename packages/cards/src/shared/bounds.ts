/** How large a result of a card may grow before it is refused: what memory bears, whatever the run's own limits are. */
import { LimitError } from '@flowdeck/engine';

/** UTF-16 units of a text. */
export const MAX_TEXT = 64 * 1024 * 1024;
/** Items of a list. */
export const MAX_ITEMS = 10_000_000;

export const BOUND_ERRORS = { limit: 'The result would be larger than memory bears.' } as const;

/** @throws LimitError (code `limit`) when a text of this length is more than any card may give. */
export function checkTextLength(length: number): void {
  if (length <= MAX_TEXT) return;
  throw new LimitError('textLength', `The text would have more than ${MAX_TEXT} characters.`, {
    hint: 'Work on smaller parts of the text.',
  });
}

/** @throws LimitError (code `limit`) when a list of this length is more than any card may give. */
export function checkListLength(length: number): void {
  if (length <= MAX_ITEMS) return;
  throw new LimitError('listLength', `The list would have more than ${MAX_ITEMS} items.`, {
    hint: 'Work on smaller parts of the list.',
  });
}
