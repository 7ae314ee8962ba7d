/** Draws flows as a Mermaid flowchart. */
import { COLOURS } from './colours.js';
import { labelOf } from './layout.js';
import { notesOf } from './lines.js';
import { type CardMarks, type CardState, STATE_COLOURS } from './marks.js';
import type { GraphCard, GraphEdge, GraphFlow } from './model.js';
import { type DrawOptions, titleOf } from './options.js';
import { legalText } from './text.js';

/**
 * A flowchart in the language of Mermaid: one subgraph for each flow, and one for each card with blocks.
 * @@ @example
 * mermaid(document.flows.map(graphOf), { wires: false }); // 'flowchart LR\n  subgraph ...'
 */
export function mermaid(flows: readonly GraphFlow[], { wires, marks }: DrawOptions): string {
  const lines = ['flowchart LR'];
  const names = new Names();
  const ends = endsOf(flows, wires);
  const classes: Classing['classes'] = new Map();
  for (const flow of flows) {
    lines.push(`  subgraph ${names.of(flow.key)}["${label(titleOf(flow))}"]`, `    ${directionOf(flow.cards)}`);
    for (const card of flow.cards) writeCard(card, { names, marks }, lines, '    ');
    if (flow.cards.length === 0) lines.push(`    ${names.of(`${flow.key} empty`)}(["empty"])`);
    lines.push('  end');
  }
  for (const { from, to, kind, label: text } of flows.flatMap(edgesOf)) {
    const [a, b] = [names.of(ends.get(from) ?? from), names.of(ends.get(to) ?? to)];
    if (kind === 'next') lines.push(`  ${a} --> ${b}`);
    else if (wires) lines.push(`  ${a} -.->${text === null ? '' : `|"${label(text)}"|`} ${b}`);
  }
  for (const flow of flows) writeClasses(flow.cards, { marks, names, classes });
  for (const [name, members] of classes)
    lines.push(`  classDef ${name} ${CLASSES[name]}`, `  class ${members.join(',')} ${name}`);
  return `${lines.join('\n')}\n`;
}

/** Cards in a row that are drawn from left to right: GitHub shrinks a picture to the width of its page. */
const MOST_ABREAST = 8;

function directionOf(row: readonly GraphCard[]): string {
  return row.length > MOST_ABREAST ? 'direction TB' : 'direction LR';
}

/** The innermost first: Mermaid cannot place an arrow to a subgraph of which it has moved a part. */
function edgesOf({ cards, edges }: GraphFlow): readonly GraphEdge[] {
  const depths = new Map(cards.flatMap((card) => depthsIn(card, 0)));
  const depth = ({ from }: GraphEdge) => depths.get(from) ?? 0;
  return [...edges].sort((a, b) => depth(b) - depth(a));
}

function depthsIn({ key, blocks }: GraphCard, depth: number): readonly (readonly [string, number])[] {
  return [[key, depth], ...blocks.flatMap(({ cards }) => cards.flatMap((card) => depthsIn(card, depth + 1)))];
}

/**
 * Where arrows of cards with blocks end, by key. With wires, which lead from one block into another, Mermaid cannot place
 * an arrow to a subgraph: it leads to the head inside.
 */
function endsOf(flows: readonly GraphFlow[], wires: boolean): ReadonlyMap<string, string> {
  if (!wires) return new Map();
  const headed = (card: GraphCard): readonly (readonly [string, string])[] => [
    ...(card.blocks.length === 0 ? [] : [[card.key, headOf(card)] as const]), // a pair, not a list
    ...card.blocks.flatMap(({ cards }) => cards.flatMap(headed)),
  ];
  return new Map(flows.flatMap(({ cards }) => cards.flatMap(headed)));
}

/** Key of what stands first in a card with blocks: what it is and compares. Of a subgraph's title Mermaid shows one line. */
function headOf({ key }: GraphCard): string {
  return `${key} head`;
}

/** How cards of a class are drawn. */
const CLASSES: Readonly<Record<CardState | 'note', string>> = {
  note: `fill:${COLOURS.note.fill},stroke:${COLOURS.note.stroke},color:${COLOURS.text}`,
  passed: strokeOf('passed'),
  failed: strokeOf('failed'),
  caught: strokeOf('caught'),
  running: strokeOf('running'),
  skipped: `${strokeOf('skipped')},stroke-dasharray:3 3`,
  added: strokeOf('added'),
  removed: strokeOf('removed'),
  changed: strokeOf('changed'),
};

function strokeOf(state: CardState): string {
  return `stroke:${STATE_COLOURS[state].line},stroke-width:2px`;
}

/** What the classes of a chart are gathered with. */
interface Classing {
  readonly marks: CardMarks | undefined;
  readonly names: Names;
  readonly classes: Map<CardState | 'note', string[]>;
}

function writeClasses(cards: readonly GraphCard[], classing: Classing): void {
  for (const card of cards) {
    const name = classing.marks?.get(card.key)?.state ?? (card.remark === null ? null : 'note');
    if (name !== null) {
      const members = classing.classes.get(name) ?? [];
      classing.classes.set(name, members);
      members.push(classing.names.of(card.key));
    }
    for (const block of card.blocks) writeClasses(block.cards, classing);
  }
}

function writeCard(
  card: GraphCard,
  { names, marks }: Omit<Classing, 'classes'>,
  written: string[],
  margin: string,
): void {
  const mark = marks?.get(card.key);
  const below = [card.card, ...notesOf(card), ...(mark === undefined ? [] : [mark.text])].map(label);
  if (card.blocks.length === 0) {
    const lines = card.title === card.card ? below : [label(card.title), ...below];
    written.push(`${margin}${names.of(card.key)}["${lines.join('<br/>')}"]`);
    return;
  }
  written.push(
    `${margin}subgraph ${names.of(card.key)}["${label(card.title)}"]`,
    `${margin}  direction LR`,
    `${margin}  ${names.of(headOf(card))}{{"${below.join('<br/>')}"}}`,
  );
  for (const block of card.blocks) {
    written.push(
      `${margin}  subgraph ${names.of(block.key)}["${label(labelOf(block))}"]`,
      `${margin}    ${directionOf(block.cards)}`,
    );
    for (const inner of block.cards) writeCard(inner, { names, marks }, written, `${margin}    `);
    // Mermaid draws a subgraph without nodes as a node.
    if (block.cards.length === 0) written.push(`${margin}    ${names.of(`${block.key} empty`)}(["empty"])`);
    written.push(`${margin}  end`);
  }
  written.push(`${margin}end`);
}

/** Short names for Mermaid, in which no id of a flow can mean anything. */
class Names {
  readonly #names = new Map<string, string>();

  of(key: string): string {
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    const name = `n${this.#names.size}`;
    this.#names.set(key, name);
    return name;
  }
}

/** How long a label may become. */
const MOST_LETTERS = 60;

/** What Mermaid would obey, as drawing it in a browser showed. One character of each is written as its code. */
const OBEYED = [
  // Quotes, markup, and its own codes.
  /[#;"<>&`\\*~|]/,
  // "1." and "-" at the start would make a Markdown list.
  /(?<=^\d+)[.)]|^[-+]/,
  // "%%{" begins a directive.
  /%(?=%)|(?<=%)%/,
  // Wherever it stands in a line, this is the statement.
  /(?<=direction) (?=TB|BT|RL|LR|TD)/,
];
const OBEYED_ANYWHERE = new RegExp(OBEYED.map(({ source }) => source).join('|'), 'g');

/**
 * Between characters that mean something after codes were read: a formula, an icon, a new line, and what Mermaid makes of
 * codes in between. A space without width parts them.
 */
const OBEYED_TOGETHER = /(?<=\$)(?=\$)|(?<=:)(?=fa-)|(?<=\\)(?=n)|(?<=\ufb02)(?=\u00b0)|(?<=\u00b6)(?=\u00df)/g;

/** Text in which Mermaid finds nothing to obey. It takes no empty one. */
function label(text: string): string {
  const line = legalText(text.replace(/\s+/g, ' ').replace(/\p{Cc}/gu, ''));
  const short = [...line].length > MOST_LETTERS ? `${[...line].slice(0, MOST_LETTERS - 1).join('')}…` : line;
  const parted = short.replace(OBEYED_TOGETHER, '\u200b');
  return parted.replace(OBEYED_ANYWHERE, (char) => `#${char.codePointAt(0)};`) || ' ';
}
