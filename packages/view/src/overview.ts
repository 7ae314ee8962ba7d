/** Draws which flow calls which: flows in columns, callers to the left of what they call. Units are pixels. */
import { COLOURS } from './colours.js';
import { type CallPart, layersOf, type Spot } from './layers.js';
import type { Box } from './layout.js';
import type { GraphCard, GraphFlow } from './model.js';
import { countText } from './numbers.js';
import { wrapText, xmlText } from './text.js';

const BOX = { width: 210, height: 54, gapX: 70, gapY: 14, margin: 12, slot: 4 } as const;

/** One SVG element. `link` leads from a flow to its own picture. */
export function overview(flows: readonly GraphFlow[], link: (flow: string) => string | null): string {
  const numbers = new Map(flows.map(({ id }, index) => [id, index]));
  const { columns, parts } = layersOf(flows.map(({ cards }) => calledIn(cards, numbers)));
  const boxes = new Map(columns.flatMap(placeColumn));
  const width = Math.max(0, ...[...boxes.values()].map((box) => box.x + box.width)) + BOX.margin;
  const height = Math.max(0, ...[...boxes.values()].map((box) => box.y + box.height)) + BOX.margin;
  const slots = columns.flat().filter(({ item }) => item === null);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="group" aria-label="Which flow calls which" font-family="ui-sans-serif,system-ui,Segoe UI,Helvetica,Arial,sans-serif" font-size="11" fill="${COLOURS.dim}">`,
    `<defs><marker id="call" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="head" d="M0 0L8 4L0 8z" fill="${COLOURS.next}"/></marker></defs>`,
    ...slots.flatMap(({ key }) => passing(key, boxes)),
    ...parts.flatMap((part) => callArrow(part, boxes)),
    ...flows.flatMap((flow, index) => drawNode(flow, boxes.get(`${index}`), link)),
    '</svg>',
    '',
  ].join('\n');
}

/** Indices of flows of the deck, each once, in the order of the cards. */
function calledIn(cards: readonly GraphCard[], numbers: ReadonlyMap<string, number>): readonly number[] {
  const found = new Set<number>();
  const take = (row: readonly GraphCard[]) => {
    for (const card of row) {
      for (const flow of card.calls) {
        const number = numbers.get(flow);
        if (number !== undefined) found.add(number);
      }
      for (const block of card.blocks) take(block.cards);
    }
  };
  take(cards);
  return [...found];
}

function placeColumn(places: readonly Spot[], column: number): readonly (readonly [string, Box])[] {
  let y: number = BOX.margin;
  return places.map(({ key, item }) => {
    const height = item === null ? BOX.slot : BOX.height;
    const box = { x: BOX.margin + column * (BOX.width + BOX.gapX), y, width: BOX.width, height };
    y += height + BOX.gapY;
    return [key, box] as const; // a pair, not a list
  });
}

function drawNode(flow: GraphFlow, box: Box | undefined, link: (flow: string) => string | null): readonly string[] {
  if (box === undefined) return [];
  const { x, y } = box;
  const [first = '', second] = wrapText(flow.name, 'title', BOX.width - 24, 2);
  const lines = [first, ...(second === undefined ? [] : [second])];
  const titles = lines.map(
    (line, index) =>
      `<text class="title" x="${x + 12}" y="${y + 17 + index * 14}" font-size="12" font-weight="600" fill="${COLOURS.text}">${xmlText(line)}</text>`,
  );
  const note = `${flow.type}, ${countText(countIn(flow.cards), 'card')}`;
  const drawn = `<g><title>${xmlText(`${flow.name} (${flow.id})`)}</title><rect class="card" x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="8" fill="${COLOURS.card.fill}" stroke="${COLOURS.card.stroke}"/>${titles.join('')}<text class="type" x="${x + 12}" y="${y + 46}">${xmlText(note)}</text></g>`;
  const target = link(flow.id);
  return [target === null ? drawn : `<a href="${xmlText(target)}">${drawn}</a>`];
}

function countIn(cards: readonly GraphCard[]): number {
  return cards.reduce(
    (sum, { blocks }) => sum + 1 + blocks.reduce((inner, block) => inner + countIn(block.cards), 0),
    0,
  );
}

/** The straight part of calls that pass a column. */
function passing(key: string, boxes: ReadonlyMap<string, Box>): readonly string[] {
  const box = boxes.get(key);
  if (box === undefined) return [];
  return [`<path class="next" d="M${box.x} ${middleOf(box)}h${box.width}" ${LINE}/>`];
}

const LINE = `fill="none" stroke="${COLOURS.next}" stroke-width="1.5"`;

/** From the right side of a box to the left side of the next; what leads back runs lower, the other way. */
function callArrow({ from, to, direction }: CallPart, boxes: ReadonlyMap<string, Box>): readonly string[] {
  const [a, b] = [boxes.get(from), boxes.get(to)];
  if (a === undefined || b === undefined) return [];
  const head = b.height === BOX.height ? ' marker-end="url(#call)"' : '';
  return [`<path class="next" d="${wayOf(direction, a, b)}" ${LINE}${head}/>`];
}

function wayOf(direction: CallPart['direction'], a: Box, b: Box): string {
  const bend = BOX.gapX / 2;
  if (direction === 'right') {
    const [x1, y1, x2, y2] = [a.x + a.width, middleOf(a), b.x, middleOf(b)];
    return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
  }
  const [x1, y1, x2, y2] = [a.x, lowOf(a), b.x + b.width, lowOf(b)];
  if (direction === 'left') return `M${x1} ${y1}C${x1 - bend} ${y1} ${x2 + bend} ${y2} ${x2} ${y2}`;
  return `M${x2} ${middleOf(a)}C${x2 + bend} ${a.y} ${x2 + bend} ${a.y + a.height} ${x2} ${y2}`;
}

function middleOf({ y, height }: Box): number {
  return y + height / 2;
}

/** Where calls back begin and end: off the arrows that lead on. */
function lowOf(box: Box): number {
  return box.height === BOX.height ? box.y + box.height * 0.8 : middleOf(box);
}
