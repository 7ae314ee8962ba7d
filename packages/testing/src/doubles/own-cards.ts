/** Packs by their own cards: what their connectors bring is simulated. */
import { definePack, type Pack } from '@flowdeck/engine';

/**
 * The packs without their connectors. One that has none is given as it is: an engine then knows that it was checked, which costs
 * more than a run does.
 *
 * @throws DeclarationError `pack-invalid`.
 * @example
 * const simulation = simulate(document, { packs: ownCards([standard, twilio]) });
 */
export function ownCards(packs: readonly Pack[]): readonly Pack[] {
  return packs.map((pack) => {
    const { connectors = [], ...own } = pack;
    return connectors.length === 0 ? pack : definePack(own);
  });
}
