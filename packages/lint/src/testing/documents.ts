/** Short ways to write flow files for tests. */
import type { DeckDocument, FlowDocument } from '@flowdeck/engine';
import type { CardNode, DeckFlow } from '@flowdeck/engine/kit';

export function flow(cards: readonly CardNode[], more: Partial<FlowDocument> = {}): FlowDocument {
  return { flowdeck: 1, id: 'f', type: 'helper', cards, ...more };
}

/** The flows of a deck by id. */
export function deck(
  flows: Readonly<Record<string, readonly CardNode[] | (Partial<DeckFlow> & Pick<DeckFlow, 'cards'>)>>,
  more: Partial<DeckDocument> = {},
): DeckDocument {
  const members = Object.entries(flows).map(
    ([id, given]): DeckFlow => ({ id, type: 'helper', ...('cards' in given ? given : { cards: given }) }),
  );
  return { flowdeck: 1, flows: members, ...more };
}

export function giving(values: CardNode['in'] = { ok: true }): CardNode {
  return { card: 'flow.return', in: values ?? {} };
}

/** An If/Else with the cards of its branches. */
export function ifElse(
  then: readonly CardNode[],
  otherwise?: readonly CardNode[],
  more: Partial<CardNode> = {},
): CardNode {
  return {
    card: 'control.ifElse',
    in: { left: { from: '/inputs/a' }, operator: '==', right: 1 },
    blocks: { then: { cards: then }, ...(otherwise === undefined ? {} : { else: { cards: otherwise } }) },
    ...more,
  };
}

/** An If Error with the cards of its blocks. */
export function ifError(
  attempt: readonly CardNode[],
  caught: readonly CardNode[] = [],
  more: Partial<CardNode> = {},
): CardNode {
  return { card: 'error.ifError', blocks: { try: { cards: attempt }, catch: { cards: caught } }, ...more };
}
