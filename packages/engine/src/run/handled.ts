/** Promises that a card may drop. */

/** A card that drops the promise that it was given must not bring the process down when it fails. */
export function handled<T>(outcome: T): T {
  if (outcome instanceof Promise) outcome.catch(ignore);
  return outcome;
}

export function ignore(): void {}
