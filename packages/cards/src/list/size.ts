/** How much a card may make of its lists: checked before it is made, since lists may share their parts. */
import { LimitError } from '@flowdeck/engine';

/** Items. Above any sensible `listLength`, which the engine checks afterwards. */
const MAX_ITEMS = 10_000_000;
/** UTF-16 units. */
const MAX_TEXT = 64 * 1024 * 1024;

export const SIZE_ERRORS = { limit: 'The result would be larger than memory bears.' } as const;

/** @throws LimitError `limit`. */
export function checkItems(count: number): void {
  if (count > MAX_ITEMS) throw tooLarge('listLength', `a list of ${count} items`, MAX_ITEMS);
}

/** @throws LimitError `limit`. */
export function checkLength(length: number): void {
  if (length > MAX_TEXT) throw tooLarge('textLength', `a text of ${length} characters`, MAX_TEXT);
}

function tooLarge(limit: string, what: string, most: number): LimitError {
  return new LimitError(limit, `The result would be ${what}; at most ${most} can be made.`, {
    hint: 'Process the list in parts.',
  });
}
