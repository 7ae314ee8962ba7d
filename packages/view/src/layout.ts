/** Places the cards of a flow from left to right, in lines as text, blocks as boxes inside their card. Units are pixels. */
import { type CardLine, linesOf } from './lines.js';
import type { CardMarks } from './marks.js';
import type { GraphBlock, GraphCard, GraphFlow } from './model.js';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacedCard extends Box {
  readonly card: GraphCard;
  readonly lines: readonly CardLine[];
  readonly blocks: readonly PlacedBlock[];
}

export interface PlacedBlock extends Box {
  readonly label: string;
  /** Its key in the graph. */
  readonly key: string;
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
  /** Above the first line of a card, and below its last. */
  margin: 8,
  /** The height at which arrows enter and leave a card. */
  arrow: 24,
  /** The least height of a card: two lines. */
  header: 48,
  blockHeader: 24,
  flowHeader: 34,
  /** Between two lines of a row: room for the arrow that leads from one to the next. */
  lineGap: 30,
  /** A line holds eight cards: what a screen shows and a page still prints. */
  flowLine: 8 * 176 + 7 * 36,
  /** Inside a block five, so that what stands around it has room beside it. */
  blockLine: 5 * 176 + 4 * 36,
  /** And never less than two, however deep it is nested. */
  leastLine: 2 * 176 + 36,
} as const;

/** A row of cards, in lines, and how much room it takes. */
interface Row {
  readonly cards: readonly PlacedCard[];
  readonly width: number;
  readonly height: number;
}

/** Places flows below each other. */
export function layout(flows: readonly GraphFlow[], marks?: CardMarks): readonly PlacedFlow[] {
  const { padding, flowHeader, gap, cardWidth } = METRICS;
  let y = padding;
  return flows.map((flow) => {
    const row = placeRow(flow.cards, padding * 2, y + flowHeader, METRICS.flowLine, marks);
    const width = Math.max(row.width, cardWidth) + padding * 2;
    const placed = { flow, cards: row.cards, x: padding, y, width, height: flowHeader + row.height + padding };
    y += placed.height + gap;
    return placed;
  });
}

/** Cards stand at the top of their line, so that the arrow through them is straight. */
function placeRow(cards: readonly GraphCard[], x: number, y: number, room: number, marks: CardMarks | undefined): Row {
  const { gap, lineGap, header } = METRICS;
  let at = x;
  let top = y;
  let bottom = y + header;
  let right = x;
  const placed: PlacedCard[] = [];
  for (const card of cards) {
    let box = placeCard(card, at, top, room, marks);
    if (at > x && at + box.width > x + room) {
      [at, top] = [x, bottom + lineGap];
      box = placeCard(card, at, top, room, marks);
    }
    placed.push(box);
    right = Math.max(right, at + box.width);
    bottom = Math.max(bottom, top + box.height);
    at += box.width + gap;
  }
  return { cards: placed, width: right - x, height: bottom - y };
}

function placeCard(card: GraphCard, x: number, y: number, room: number, marks: CardMarks | undefined): PlacedCard {
  const inside = Math.max(METRICS.leastLine, Math.min(METRICS.blockLine, room - METRICS.padding * 4));
  const { cardWidth, padding, blockHeader } = METRICS;
  const mark = marks?.get(card.key);
  if (card.blocks.length === 0) {
    const width = isLongNote(card) ? METRICS.leastLine : cardWidth;
    const lines = linesOf(card, width - padding * 2, mark);
    return { card, lines, x, y, width, height: heightOf(lines), blocks: [] };
  }
  // It is wide enough for one card in its blocks.
  let width: number = cardWidth + padding * 4;
  let top = y + METRICS.header;
  const rows = card.blocks.map((block) => {
    const row = placeRow(block.cards, x + padding * 2, top + blockHeader, inside, marks);
    const height = blockHeader + (block.cards.length === 0 ? 0 : row.height + padding);
    const placed = { label: labelOf(block), key: block.key, cards: row.cards, y: top, height };
    top += height + padding;
    width = Math.max(width, row.width + padding * 4);
    return placed;
  });
  const blocks = rows.map((row) => ({ ...row, x: x + padding, width: width - padding * 2 }));
  // How many lines its own words take is known with its width only.
  const lines = linesOf(card, width - padding * 2, mark);
  const down = heightOf(lines) - METRICS.header;
  return { card, lines, x, y, width, height: top + down - y, blocks: blocks.map((block) => lowered(block, down)) };
}

function lowered(block: PlacedBlock, down: number): PlacedBlock {
  if (down === 0) return block;
  const cards = block.cards.map((card) => ({
    ...card,
    y: card.y + down,
    blocks: card.blocks.map((inner) => lowered(inner, down)),
  }));
  return { ...block, y: block.y + down, cards };
}

/** A note of more words than twelve lines of a card hold is as wide as two. */
function isLongNote({ remark }: GraphCard): boolean {
  return remark !== null && remark.length > 240;
}

function heightOf(lines: readonly CardLine[]): number {
  return Math.max(METRICS.header, METRICS.margin * 2 + lines.length * METRICS.lineHeight);
}

/** What stands above the cards of a block. */
export function labelOf({ name, condition }: GraphBlock): string {
  return condition === null ? name : `${name}: ${condition}`;
}
