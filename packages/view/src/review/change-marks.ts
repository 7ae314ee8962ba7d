/** What became of each card of a flow between two versions, as marks of its two pictures. */
import type { CardMark, CardState } from '../marks.js';
import type { GraphCard, GraphFlow } from '../model.js';
import type { ReviewedChange } from './types.js';

/** Which of the two pictures. */
export type Side = 'before' | 'after';

/** Cards that did not change have no mark. */
export function changeMarks(
  flow: GraphFlow,
  changes: readonly ReviewedChange[],
  side: Side,
): ReadonlyMap<string, CardMark> {
  const byPointer = new Map<string, ReviewedChange[]>();
  for (const change of changes) {
    const pointer = side === 'before' ? change.pointerBefore : change.pointerAfter;
    if (change.flow !== flow.id || pointer === null) continue;
    byPointer.set(pointer, [...(byPointer.get(pointer) ?? []), change]);
  }
  const marks = new Map<string, CardMark>();
  markAll(flow.cards, byPointer, marks);
  return marks;
}

function markAll(
  cards: readonly GraphCard[],
  changes: ReadonlyMap<string, readonly ReviewedChange[]>,
  marks: Map<string, CardMark>,
): void {
  for (const card of cards) {
    const own = changes.get(card.pointer);
    if (own !== undefined) marks.set(card.key, markOf(own));
    for (const block of card.blocks) markAll(block.cards, changes, marks);
  }
}

function markOf(changes: readonly ReviewedChange[]): CardMark {
  const kinds = changes.map(({ kind }) => kind);
  const state: CardState = kinds.includes('card-added')
    ? 'added'
    : kinds.includes('card-removed')
      ? 'removed'
      : 'changed';
  if (state !== 'changed') return { state, text: state === 'added' ? '+ added' : '− removed' };
  const words = changes.map(
    ({ kind, field }) =>
      (field === null ? CHANGE_WORDS[kind] : `${CHANGE_WORDS[kind] ?? 'changed'}: ${field}`) ?? 'changed',
  );
  return { state, text: `~ ${[...new Set(words)].join(', ')}` };
}

/** Kinds of changes of a card in a word; others are a change. */
const CHANGE_WORDS: Readonly<Record<string, string>> = {
  'card-moved': 'moved',
  'card-type': 'another type',
  rewired: 'rewired',
  literal: 'value',
};
