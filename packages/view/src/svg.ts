/** Draws flows as an SVG picture that needs nothing else: no script, no style sheet, no font of its own. */
import { type Box, layout, METRICS, notesOf, type PlacedCard, type PlacedFlow } from './layout.js';
import { type DrawOptions, titleOf } from './mermaid.js';
import type { GraphFlow } from './model.js';

const STYLE = [
  'text{font:12px ui-sans-serif,system-ui,"Segoe UI",Helvetica,Arial,sans-serif;fill:#1f2937}',
  '.title{font-weight:600}',
  '.type{fill:#6b7280;font-size:11px}',
  '.flow{fill:#f8fafc;stroke:#cbd5e1}',
  '.card{fill:#fff;stroke:#64748b}',
  '.block{fill:#f1f5f9;stroke:#cbd5e1;stroke-dasharray:4 3}',
  '.next{fill:none;stroke:#64748b;stroke-width:1.5}',
  '.wire{fill:none;stroke:#2563eb;stroke-opacity:.45}',
  '.head{fill:#64748b}',
].join('');

/**
 * The same picture as one SVG element, for a page or a file: no script, no font or style from elsewhere. Text is
 * escaped.
 */
export function svg(flows: readonly GraphFlow[], { wires }: DrawOptions): string {
  const placed = layout(flows);
  const width = Math.max(0, ...placed.map((flow) => flow.x + flow.width)) + METRICS.padding;
  const height = Math.max(0, ...placed.map((flow) => flow.y + flow.height)) + METRICS.padding;
  const title = flows.map(titleOf).join(', ');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${xml(title)}">`,
    `<style>${STYLE}</style>`,
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="head" d="M0 0L8 4L0 8z"/></marker></defs>',
    ...placed.flatMap((flow) => drawFlow(flow, wires)),
    '</svg>',
    '',
  ].join('\n');
}

function drawFlow(flow: PlacedFlow, wires: boolean): string[] {
  const boxes = new Map<string, Box>();
  const cards = flow.cards.flatMap((card) => drawCard(card, boxes));
  const edges = flow.flow.edges.flatMap(({ from, to, kind, label }) => {
    const [a, b] = [boxes.get(from), boxes.get(to)];
    if (!a || !b || (kind === 'data' && !wires)) return [];
    return [kind === 'next' ? arrow(a, b) : wire(a, b, label)];
  });
  return [
    rectangle(flow, 'flow', 10),
    text(flow.x + METRICS.padding, flow.y + 22, 'title', titleOf(flow.flow), flow.width - METRICS.padding * 2),
    ...cards,
    ...edges,
  ];
}

function drawCard(placed: PlacedCard, boxes: Map<string, Box>): string[] {
  const { card, x, y, width } = placed;
  const { padding, header, lineHeight } = METRICS;
  boxes.set(card.key, placed);
  const room = width - padding * 2;
  const type = card.connection === null ? card.card : `${card.card} · ${card.connection}`;
  return [
    `<g><title>${xml([`${card.title}: ${type}`, ...notesOf(card)].join('\n'))}</title>`,
    rectangle(placed, 'card', 8),
    text(x + padding, y + 20, 'title', card.title, room),
    text(x + padding, y + 36, 'type', type, room),
    ...notesOf(card).map((note, index) => text(x + padding, y + header + index * lineHeight, 'type', note, room)),
    '</g>',
    ...placed.blocks.flatMap((block) => [
      rectangle(block, 'block', 6),
      text(block.x + padding, block.y + 16, 'type', block.label, block.width - padding * 2),
      ...block.cards.flatMap((inner) => drawCard(inner, boxes)),
    ]),
  ];
}

/** Straight, at the height of the titles; to the next line through the room between the lines. */
function arrow(from: Box, to: Box): string {
  const [right, y, target] = [from.x + from.width, from.y + METRICS.header / 2, to.y + METRICS.header / 2];
  const turn = METRICS.padding - 2;
  const detour = to.y === from.y ? '' : `H${right + turn}V${to.y - METRICS.lineGap / 2}H${to.x - turn}V${target}`;
  return `<path class="next" d="M${right} ${y}${detour}H${to.x - 1}" marker-end="url(#arrow)"/>`;
}

/** From the foot of one card to the foot of another, below what lies between them. */
function wire(from: Box, to: Box, label: string | null): string {
  const [x1, y1] = [from.x + from.width / 2, from.y + from.height];
  const [x2, y2] = [to.x + to.width / 2, to.y + (to.y > y1 ? 0 : to.height)];
  const bend = to.y > y1 ? (y1 + y2) / 2 : Math.max(y1, y2) + 24;
  const name = label === null ? '' : `<title>${xml(label)}</title>`;
  return `<path class="wire" d="M${x1} ${y1}C${x1} ${bend} ${x2} ${bend} ${x2} ${y2}">${name}</path>`;
}

function rectangle({ x, y, width, height }: Box, kind: string, radius: number): string {
  return `<rect class="${kind}" x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}"/>`;
}

/** Widths of letters by their kind of text, in outline: there is no font to measure here. */
const LETTERS: Readonly<Record<TextKind, number>> = { title: 7, type: 6 };
const WIDE_LETTER = 12.5;

type TextKind = 'title' | 'type';

function text(x: number, y: number, kind: TextKind, content: string, room: number): string {
  return `<text class="${kind}" x="${x}" y="${y}">${xml(fit(content, room, LETTERS[kind]))}</text>`;
}

function fit(content: string, room: number, letterWidth: number): string {
  let width = 0;
  let fitting = '';
  for (const letter of content) {
    width += (letter.codePointAt(0) ?? 0) >= 0x1100 ? WIDE_LETTER : letterWidth;
    if (width > room) return `${fitting.slice(0, -1)}…`;
    fitting += letter;
  }
  return fitting;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text for XML 1.0, which knows no control characters and no halves of letters. */
function xml(content: string): string {
  const legal = content.replace(/[\p{Cc}\p{Surrogate}\ufffe\uffff]/gu, '\ufffd');
  return legal.replace(/[&<>"]/g, (char) => ENTITIES[char] ?? char);
}
