/** Which cards are never passed: what stands after them in their block cannot be reached. */
import { IF_ELSE } from './known.js';
import type { CardSite, FlowSite } from './sites.js';

/**
 * Cards that always leave their block: by themselves, or because both branches of an If/Else do. A scoped block is no such
 * branch: a Return inside it ends the block only.
 */
export function leavingCards(flow: FlowSite): ReadonlySet<CardSite> {
  const leaving = new Set<CardSite>();
  // What is in the blocks of a card stands after it, so the last comes first.
  for (const card of flow.cards.toReversed()) {
    const branches = card.blocks.length === 2 && card.node.card === IF_ELSE;
    const both = branches && card.blocks.every((block) => block.cards.some((inner) => leaving.has(inner)));
    if (card.type?.leaves === true || both) leaving.add(card);
  }
  return leaving;
}
