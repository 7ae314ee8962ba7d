/** Places the cards of a flow from left to right, blocks as boxes inside their card. Units are pixels. */
import type { GraphCard, GraphFlow } from './model.js';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacedCard extends Box {
  readonly card: GraphCard;
  readonly blocks: readonly PlacedBlock[];
}

export interface PlacedBlock extends Box {
  readonly name: string;
  readonly cards: readonly PlacedCard[];
}

export interface PlacedFlow extends Box {
  readonly flow: GraphFlow;
  readonly cards: readonly PlacedCard[];
}

export const METRICS = {
  cardWidth: 176,
  lineHeight: 16,
  padding: 12,
  gap: 36,
  header: 48,
  blockHeader: 24,
  flowHeader: 34,
} as const;

/** A row of cards, and how much room it takes. */
interface Row {
  readonly cards: readonly PlacedCard[];
  readonly width: number;
  readonly height: number;
}

/** Places flows below each other. */
export function layout(flows: readonly GraphFlow[]): readonly PlacedFlow[] {
  const { padding, flowHeader, gap, cardWidth } = METRICS;
  let y = padding;
  return flows.map((flow) => {
    const row = placeRow(flow.cards, padding * 2, y + flowHeader);
    const width = Math.max(row.width, cardWidth) + padding * 2;
    const placed = { flow, cards: row.cards, x: padding, y, width, height: flowHeader + row.height + padding };
    y += placed.height + gap;
    return placed;
  });
}

/** Cards stand at the top of their row, so that the line through them is straight. */
function placeRow(cards: readonly GraphCard[], x: number, y: number): Row {
  let at = x;
  let height: number = METRICS.header;
  const placed: PlacedCard[] = [];
  for (const card of cards) {
    const box = placeCard(card, at, y);
    placed.push(box);
    at += box.width + METRICS.gap;
    height = Math.max(height, box.height);
  }
  return { cards: placed, width: placed.length === 0 ? 0 : at - METRICS.gap - x, height };
}

function placeCard(card: GraphCard, x: number, y: number): PlacedCard {
  const { cardWidth, header, padding, blockHeader, lineHeight } = METRICS;
  const own = header + card.calls.length * lineHeight;
  if (card.blocks.length === 0) return { card, x, y, width: cardWidth, height: own, blocks: [] };
  let top = y + own;
  let width: number = cardWidth;
  const rows = card.blocks.map((block) => {
    const row = placeRow(block.cards, x + padding * 2, top + blockHeader);
    const height = blockHeader + (block.cards.length === 0 ? 0 : row.height + padding);
    const placed = { name: block.name, cards: row.cards, y: top, height };
    top += height + padding;
    width = Math.max(width, row.width + padding * 4);
    return placed;
  });
  const blocks = rows.map((row) => ({ ...row, x: x + padding, width: width - padding * 2 }));
  return { card, x, y, width, height: top - y, blocks };
}
