/** Which cards are never passed: what stands after them in their block cannot be reached. */
import type { BlockSite, CardSite, FlowSite } from './sites.js';

/**
 * Cards that always leave their block: by themselves, or because an inline block does that is run in any case. A scoped
 * block is no way out: a Return inside it ends the block only.
 */
export function leavingCards(flow: FlowSite): ReadonlySet<CardSite> {
  const leaving = new Set<CardSite>();
  const isLeft = (block: BlockSite) =>
    block.declaration?.scope === 'inline' && block.cards.some((card) => leaving.has(card));
  // What is in the blocks of a card stands after it, so the last comes first.
  for (const card of flow.cards.toReversed()) {
    const isWayOut = card.blocks.some((block) => block.declaration?.always === true && isLeft(block));
    if (card.type?.traits?.leaves === 'always' || isWayOut || leavesByAny(card, isLeft)) leaving.add(card);
  }
  return leaving;
}

/** One of its blocks is run, and each of them leaves. Of blocks that the author names, none may be run. */
function leavesByAny({ type, blocks }: CardSite, isLeft: (block: BlockSite) => boolean): boolean {
  if (type?.traits?.chooses !== true) return false;
  const names = Object.keys(type.blocks ?? {});
  return !names.includes('*') && blocks.length === names.length && blocks.every(isLeft);
}
