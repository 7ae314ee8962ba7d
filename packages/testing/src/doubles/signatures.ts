/** What simulated cards take and give, noted where the document does not say it. */
import { type CardType, createEngine, type DeckDocument, type FlowFile, type Pack } from '@flowdeck/engine';
import { isDeck } from '@flowdeck/engine/kit';
import { outputsRead } from './outputs-read.js';
import { missingCards } from './stand-ins.js';

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

/** A document as a deck that tells of every card that is simulated what it takes and gives. */
export function simulatedDeck(
  document: FlowFile,
  packs: readonly Pack[],
): { readonly deck: DeckDocument; readonly simulated: readonly string[] } {
  const deck = deckFrom(document);
  const own = new Set(packs.flatMap((pack) => (pack.cards ?? []).map(({ id }) => id)));
  const simulated = missingCards(deck, own);
  if (simulated.length === 0) return { deck, simulated };
  const types = new Map(createEngine({ packs }).cards.map(({ card }) => [card.id, card]));
  return { deck: withSignatures(deck, simulated, types), simulated };
}

/** A flow by itself is a deck of one. */
function deckFrom(document: FlowFile): DeckDocument {
  if (isDeck(document)) return document;
  const { $schema: _, flowdeck, requires, ...flow } = document;
  return { flowdeck, ...(requires === undefined ? {} : { requires }), flows: [flow] };
}
