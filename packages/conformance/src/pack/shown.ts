/** Which cards cases show at work. */
import type { JsonObject, Suite } from '@flowdeck/testing';

/** Ids of the card types that the cases run. */
export function shownCards(suites: readonly Suite[]): ReadonlySet<string> {
  return new Set(suites.flatMap(({ cases }) => cases.flatMap((entry) => [...cardsOf(entry)])));
}

/** The card types that a case runs, those in blocks included. */
export function cardsOf(entry: {
  readonly card?: string;
  readonly flow?: JsonObject;
  readonly deck?: JsonObject;
}): Set<string> {
  const found = new Set<string>(entry.card === undefined ? [] : [entry.card]);
  const walk = (part: unknown): void => {
    if (Array.isArray(part)) part.forEach(walk);
    if (typeof part !== 'object' || part === null) return;
    if ('card' in part && typeof part.card === 'string') found.add(part.card);
    Object.values(part).forEach(walk);
  };
  walk(entry.flow);
  walk(entry.deck);
  return found;
}
