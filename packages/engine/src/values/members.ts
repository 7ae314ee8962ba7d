/** How many members an object may have: the platform takes a second to look at a million of them, once. */
import { LimitError } from '../errors.js';

/** Members of one object. A bound of values like the depth, not of a run: whatever makes an object keeps to it. */
export const MAX_MEMBERS = 50_000;

/** The error for an object that would have more: code `limit`. */
export function tooManyMembers(): LimitError {
  return new LimitError('members', `An object would have more than ${MAX_MEMBERS} members.`, {
    hint: 'Use a list of records with a key and a value, or a table.',
  });
}

/** @throws LimitError (code `limit`) when the object, with so many `more` members, has more than {@link MAX_MEMBERS}. */
export function checkMemberCount(object: object, more = 0): void {
  let members = more;
  // Members that are inherited count too: values have none.
  for (const _ in object) if (++members > MAX_MEMBERS) throw tooManyMembers();
}
