/** Draws which flow calls which: flows in columns, by how far they are from a flow that nobody calls. Units are pixels. */
import { COLOURS } from './colours.js';
import type { GraphCard, GraphFlow } from './model.js';
import { countText } from './numbers.js';
import { wrapText, xmlText } from './text.js';

const BOX = { width: 210, height: 54, gapX: 70, gapY: 14, margin: 12 } as const;

/** A flow in its place. */
interface PlacedNode {
  readonly flow: GraphFlow;
  readonly x: number;
  readonly y: number;
}

/** One SVG element. `link` leads from a flow to its own picture. */
export function overview(flows: readonly GraphFlow[], link: (flow: string) => string | null): string {
  const calls = new Map(flows.map((flow) => [flow.id, calledIn(flow.cards, flows)]));
  const nodes = placeNodes(flows, calls);
  const width = Math.max(0, ...[...nodes.values()].map(({ x }) => x + BOX.width)) + BOX.margin;
  const height = Math.max(0, ...[...nodes.values()].map(({ y }) => y + BOX.height)) + BOX.margin;
  const arrows = [...calls].flatMap(([from, targets]) =>
    targets.flatMap((to) => {
      const [a, b] = [nodes.get(from), nodes.get(to)];
      return a === undefined || b === undefined ? [] : [callArrow(a, b)];
    }),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="group" aria-label="Which flow calls which" font-family="ui-sans-serif,system-ui,Segoe UI,Helvetica,Arial,sans-serif" font-size="11" fill="${COLOURS.dim}">`,
    `<defs><marker id="call" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="head" d="M0 0L8 4L0 8z" fill="${COLOURS.next}"/></marker></defs>`,
    ...arrows,
    ...[...nodes.values()].map((node) => drawNode(node, link)),
    '</svg>',
    '',
  ].join('\n');
}

/** Ids of flows of the deck, each once, in the order of the cards. */
function calledIn(cards: readonly GraphCard[], flows: readonly GraphFlow[]): readonly string[] {
  const known = new Set(flows.map(({ id }) => id));
  const found = new Set<string>();
  const take = (row: readonly GraphCard[]) => {
    for (const card of row) {
      for (const flow of card.calls) if (known.has(flow)) found.add(flow);
      for (const block of card.blocks) take(block.cards);
    }
  };
  take(cards);
  return [...found];
}

function placeNodes(
  flows: readonly GraphFlow[],
  calls: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, PlacedNode> {
  const columns = columnsOf(flows, calls);
  const filled = new Map<number, number>();
  const nodes = new Map<string, PlacedNode>();
  for (const flow of flows) {
    const column = columns.get(flow.id) ?? 0;
    const row = filled.get(column) ?? 0;
    filled.set(column, row + 1);
    nodes.set(flow.id, {
      flow,
      x: BOX.margin + column * (BOX.width + BOX.gapX),
      y: BOX.margin + row * (BOX.height + BOX.gapY),
    });
  }
  return nodes;
}

/** The shortest way of calls from a flow that no other one calls; of flows that only call each other, from the first of them. */
function columnsOf(
  flows: readonly GraphFlow[],
  calls: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, number> {
  const called = new Set([...calls].flatMap(([from, targets]) => targets.filter((to) => to !== from)));
  const columns = new Map<string, number>();
  const spread = (roots: readonly string[]) => {
    let row = roots;
    for (let column = 0; row.length > 0; column++) {
      for (const id of row) columns.set(id, column);
      row = [...new Set(row.flatMap((id) => calls.get(id) ?? []))].filter((id) => !columns.has(id));
    }
  };
  spread(flows.map(({ id }) => id).filter((id) => !called.has(id)));
  for (const { id } of flows) if (!columns.has(id)) spread([id]);
  return columns;
}

function drawNode({ flow, x, y }: PlacedNode, link: (flow: string) => string | null): string {
  const [first = '', second] = wrapText(flow.name, 'title', BOX.width - 24, 2);
  const lines = [first, ...(second === undefined ? [] : [second])];
  const titles = lines.map(
    (line, index) =>
      `<text class="title" x="${x + 12}" y="${y + 17 + index * 14}" font-size="12" font-weight="600" fill="${COLOURS.text}">${xmlText(line)}</text>`,
  );
  const note = `${flow.type}, ${countText(countIn(flow.cards), 'card')}`;
  const box = `<g><title>${xmlText(`${flow.name} (${flow.id})`)}</title><rect class="card" x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="8" fill="${COLOURS.card.fill}" stroke="${COLOURS.card.stroke}"/>${titles.join('')}<text class="type" x="${x + 12}" y="${y + 46}">${xmlText(note)}</text></g>`;
  const target = link(flow.id);
  return target === null ? box : `<a href="${xmlText(target)}">${box}</a>`;
}

function countIn(cards: readonly GraphCard[]): number {
  return cards.reduce(
    (sum, { blocks }) => sum + 1 + blocks.reduce((inner, block) => inner + countIn(block.cards), 0),
    0,
  );
}

/** From the right side to the left; back to an earlier column, or to itself, below the boxes. */
function callArrow(from: PlacedNode, to: PlacedNode): string {
  const [x1, y1, x2, y2] = [from.x + BOX.width, from.y + BOX.height / 2, to.x, to.y + BOX.height / 2];
  const bend = Math.max(30, Math.abs(x2 - x1) / 2);
  const way =
    x2 > x1
      ? `C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2 - 1} ${y2}`
      : `C${x1 + 50} ${y1 + 50} ${x2 - 50} ${y2 + 50} ${x2 - 1} ${y2}`;
  return `<path class="next" d="M${x1} ${y1}${way}" fill="none" stroke="${COLOURS.next}" stroke-width="1.5" marker-end="url(#call)"/>`;
}
