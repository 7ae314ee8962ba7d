/** What simulated cards take and give, noted where the document does not say it. */
import type { CardType, DeckDocument } from '@flowdeck/engine';
import { outputsRead } from './outputs-read.js';

/**
 * Notes in `meta.cards` what simulated cards take and give, where an import did not: as a pack declares them, else what the
 * flows read of them.
 *
 * @param ids Cards that are simulated.
 * @param types Cards that packs declare, by id.
 * @example
 * const deck = withSignatures(document, missingCards(document, known), new Map());
 */
export function withSignatures(
  deck: DeckDocument,
  ids: readonly string[],
  types: ReadonlyMap<string, CardType>,
): DeckDocument {
  const noted = deck.meta?.['cards'];
  const known: Readonly<Record<string, unknown>> = typeof noted === 'object' && noted !== null ? { ...noted } : {};
  const without = ids.filter((id) => !Object.hasOwn(known, id));
  if (without.length === 0) return deck;
  const read = outputsRead(deck, new Set(without));
  const added = without.map((id) => {
    const type = types.get(id);
    const fields = [...(read.get(id) ?? [])].map((key) => ({ key, type: 'any' }));
    return [
      id,
      type ? { title: type.title, inputs: type.inputs, outputs: type.outputs } : { inputs: [], outputs: fields },
    ];
  });
  return { ...deck, meta: { ...deck.meta, cards: { ...known, ...Object.fromEntries(added) } } };
}
