/** Draws flows as an SVG picture that needs nothing else: no script, no style sheet, no font of its own. */
import { COLOURS, colourOf } from './colours.js';
import { type Box, layout, METRICS, type PlacedBlock, type PlacedCard, type PlacedFlow } from './layout.js';
import { type CardLine, kindOfLine, notesOf, typeText } from './lines.js';
import { type CardMark, type CardMarks, STATE_COLOURS } from './marks.js';
import type { GraphFlow } from './model.js';
import { type DrawOptions, titleOf } from './options.js';
import { wrapText, xmlText } from './text.js';
import { type Point, pathThrough, Wiring } from './wires.js';

/**
 * The same picture as one SVG element, for a page or a file: no script, no font or style from elsewhere. Text is
 * escaped. Colours are attributes, so that it looks the same where no style is allowed; each part has a class beside them.
 */
export function svg(flows: readonly GraphFlow[], { wires, marks, link }: DrawOptions): string {
  const placed = layout(flows, marks);
  const width = Math.max(0, ...placed.map((flow) => flow.x + flow.width)) + METRICS.padding;
  const height = Math.max(0, ...placed.map((flow) => flow.y + flow.height)) + METRICS.padding;
  const title = flows.map(titleOf).join(', ');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="${link === undefined ? 'img' : 'group'}" aria-label="${xmlText(title)}" font-family="ui-sans-serif,system-ui,Segoe UI,Helvetica,Arial,sans-serif" font-size="11" fill="${COLOURS.dim}">`,
    ARROW,
    ...(wires ? [WIRE_HEAD] : []),
    ...placed.flatMap((flow) => drawFlow(flow, { wires, marks, link })),
    '</svg>',
    '',
  ].join('\n');
}

const ARROW = `<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="head" d="M0 0L8 4L0 8z" fill="${COLOURS.next}"/></marker></defs>`;
const WIRE_HEAD = `<defs><marker id="wire" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6" markerHeight="6" orient="auto"><path d="M0 1L7 4L0 7z" fill="${COLOURS.wire}"/></marker></defs>`;

/** What the parts of a picture are drawn with. */
interface Drawing {
  readonly wires: boolean;
  readonly marks: CardMarks | undefined;
  readonly link: DrawOptions['link'];
}

/** Wires run below cards and labels: what is written stands over them. */
function drawFlow(placed: PlacedFlow, drawing: Drawing): string[] {
  const { flow, x, y, width } = placed;
  const parts: Parts = { boxes: new Map(), back: [], front: [] };
  for (const card of placed.cards) drawCard(card, drawing, parts);
  const wiring = new Wiring(placed.cards);
  const arrows: string[] = [];
  const wires: string[] = [];
  for (const { from, to, kind, label } of flow.edges) {
    const [a, b] = [parts.boxes.get(from), parts.boxes.get(to)];
    if (!a || !b) continue;
    if (kind === 'next') arrows.push(arrow(a, b, isTaken(to, drawing.marks)));
    else if (drawing.wires) wires.push(wire(wiring.route(from, to), label));
  }
  const [title = ''] = wrapText(titleOf(flow), 'title', width - METRICS.padding * 2, 1);
  return [
    rectangle(placed, 'flow', 10, paint(COLOURS.flow)),
    ...parts.back,
    ...wires,
    ...arrows,
    ...parts.front,
    `<text class="title" x="${x + METRICS.padding}" y="${y + 22}" ${TITLE}>${xmlText(title)}</text>`,
  ];
}

const TITLE = `font-size="12" font-weight="600" fill="${COLOURS.text}"`;

function isTaken(key: string, marks: CardMarks | undefined): boolean {
  return marks?.get(key)?.state !== 'skipped';
}

/** Of a flow: what stands below its wires, and what above. */
interface Parts {
  readonly boxes: Map<string, Box>;
  readonly back: string[];
  readonly front: string[];
}

function drawCard(placed: PlacedCard, drawing: Drawing, parts: Parts): void {
  const { card, x, y, height, blocks } = placed;
  parts.boxes.set(card.key, placed);
  const mark = drawing.marks?.get(card.key);
  // A frame with blocks lies below the wires between the cards inside it; its text does not.
  (blocks.length === 0 ? parts.front : parts.back).push(frame(placed, mark));
  for (const block of blocks) {
    parts.back.push(rectangle(block, 'block', 6, `${paint(COLOURS.block)} stroke-dasharray="4 3"`));
    parts.front.push(blockLabel(block));
    for (const inner of block.cards) drawCard(inner, drawing, parts);
  }
  const tip = [`${card.title}: ${typeText(card)}`, ...notesOf(card), ...(mark === undefined ? [] : [mark.text])];
  parts.front.push(
    `<g class="words" data-card="${xmlText(card.key)}"><title>${xmlText(tip.join('\n'))}</title>`,
    ...(card.connector === null
      ? []
      : [
          `<rect class="stripe" x="${x + 1}" y="${y + 8}" width="4" height="${Math.min(height, METRICS.header) - 16}" fill="${colourOf(card.connector)}"/>`,
        ]),
    ...placed.lines.map((line, index) => lineText(line, placed, index, mark, drawing.link)),
    '</g>',
  );
}

function frame(placed: PlacedCard, mark: CardMark | undefined): string {
  const isNote = placed.card.remark !== null;
  const base = isNote ? COLOURS.note : COLOURS.card;
  const card = ` data-card="${xmlText(placed.card.key)}"`;
  const state = mark === undefined ? '' : ` data-state="${mark.state}"`;
  const dash = mark?.state === 'skipped' ? ' stroke-dasharray="3 3"' : '';
  const wide = mark === undefined || mark.state === 'skipped' ? '' : ' stroke-width="2"';
  const stroke = mark === undefined || isNote ? base.stroke : STATE_COLOURS[mark.state].line;
  const radius = isNote ? 2 : 8;
  return rectangle(placed, 'card', radius, `${paint({ fill: base.fill, stroke })}${wide}${dash}${card}${state}`);
}

function blockLabel({ x, y, width, label }: PlacedBlock): string {
  const [line = ''] = wrapText(label, 'small', width - METRICS.padding * 2, 1);
  return `<text class="type" x="${x + METRICS.padding}" y="${y + 16}"><title>${xmlText(label)}</title>${xmlText(line)}</text>`;
}

function lineText(
  line: CardLine,
  { x, y }: Box,
  index: number,
  mark: CardMark | undefined,
  link: DrawOptions['link'],
): string {
  const { role, text, flow } = line;
  const at = `x="${x + METRICS.padding}" y="${y + METRICS.margin + 12 + index * METRICS.lineHeight}"`;
  const written = `<text class="${kindOfLine(line) === 'title' ? 'title' : role}" ${at}${lookOf(role, mark)}>${xmlText(text)}</text>`;
  const target = flow === null ? null : (link?.(flow) ?? null);
  return target === null ? written : `<a href="${xmlText(target)}">${written}</a>`;
}

function lookOf(role: CardLine['role'], mark: CardMark | undefined): string {
  if (role === 'title') return ` ${TITLE}`;
  if (role === 'call') return ` fill="${COLOURS.link}"`;
  if (role === 'remark' || role === 'condition') return ` fill="${COLOURS.text}"`;
  return role === 'mark' && mark !== undefined ? ` font-weight="600" fill="${STATE_COLOURS[mark.state].text}"` : '';
}

/** Straight, at the height of the titles; to the next line through the room between the lines. */
function arrow(from: Box, to: Box, taken: boolean): string {
  const [right, y, target] = [from.x + from.width, from.y + METRICS.arrow, to.y + METRICS.arrow];
  const turn = METRICS.padding - 2;
  const detour = to.y === from.y ? '' : `H${right + turn}V${to.y - METRICS.lineGap / 2}H${to.x - turn}V${target}`;
  const dash = taken ? '' : ' stroke-dasharray="3 3"';
  return `<path class="next" d="M${right} ${y}${detour}H${to.x - 1}" fill="none" stroke="${COLOURS.next}" stroke-width="1.5"${dash} marker-end="url(#arrow)"/>`;
}

/** A thin line with a head: what it leads to reads what it comes from. */
function wire(points: readonly Point[], label: string | null): string {
  const name = label === null ? '' : `<title>${xmlText(label)}</title>`;
  return `<path class="wire" d="${pathThrough(points)}" fill="none" stroke="${COLOURS.wire}" stroke-opacity="0.55" marker-end="url(#wire)">${name}</path>`;
}

function paint({ fill, stroke }: { readonly fill: string; readonly stroke: string }): string {
  return `fill="${fill}" stroke="${stroke}"`;
}

function rectangle({ x, y, width, height }: Box, kind: string, radius: number, look: string): string {
  return `<rect class="${kind}" x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" ${look}/>`;
}
