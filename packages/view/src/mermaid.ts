/** Draws flows as a Mermaid flowchart. */
import { COLOURS } from './colours.js';
import { labelOf } from './layout.js';
import { notesOf } from './lines.js';
import { type CardMarks, type CardState, STATE_COLOURS } from './marks.js';
import type { GraphCard, GraphFlow } from './model.js';
import { type DrawOptions, titleOf } from './options.js';

/**
 * A flowchart in the language of Mermaid: one subgraph for each flow, and one for each card with blocks.
 * @@ @example
 * mermaid(document.flows.map(graphOf), { wires: false }); // 'flowchart LR\n  subgraph ...'
 */
export function mermaid(flows: readonly GraphFlow[], { wires, marks }: DrawOptions): string {
  const lines = ['flowchart LR'];
  const names = new Names();
  const classes: Classing['classes'] = new Map();
  for (const flow of flows) {
    lines.push(`  subgraph ${names.of(flow.key)}["${label(titleOf(flow))}"]`, '    direction LR');
    for (const card of flow.cards) writeCard(card, { names, marks }, lines, '    ');
    if (flow.cards.length === 0) lines.push(`    ${names.of(`${flow.key} empty`)}(["empty"])`);
    lines.push('  end');
  }
  for (const { edges } of flows) {
    for (const { from, to, kind, label: text } of edges) {
      if (kind === 'next') lines.push(`  ${names.of(from)} --> ${names.of(to)}`);
      else if (wires)
        lines.push(`  ${names.of(from)} -.->${text === null ? '' : `|"${label(text)}"|`} ${names.of(to)}`);
    }
  }
  for (const flow of flows) writeClasses(flow.cards, { marks, names, classes });
  for (const [name, members] of classes)
    lines.push(`  classDef ${name} ${CLASSES[name]}`, `  class ${members.join(',')} ${name}`);
  return `${lines.join('\n')}\n`;
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
  lines: string[],
  margin: string,
): void {
  const mark = marks?.get(card.key);
  const text =
    label(card.title) +
    (card.title === card.card ? '' : `<br/>${label(card.card)}`) +
    notes(card) +
    (mark === undefined ? '' : `<br/>${label(mark.text)}`);
  if (card.blocks.length === 0) {
    lines.push(`${margin}${names.of(card.key)}["${text}"]`);
    return;
  }
  lines.push(`${margin}subgraph ${names.of(card.key)}["${text}"]`, `${margin}  direction LR`);
  for (const block of card.blocks) {
    lines.push(`${margin}  subgraph ${names.of(block.key)}["${label(labelOf(block))}"]`, `${margin}    direction LR`);
    for (const inner of block.cards) writeCard(inner, { names, marks }, lines, `${margin}    `);
    // Mermaid draws a subgraph without nodes as a node.
    if (block.cards.length === 0) lines.push(`${margin}    ${names.of(`${block.key} empty`)}(["empty"])`);
    lines.push(`${margin}  end`);
  }
  lines.push(`${margin}end`);
}

function notes(card: GraphCard): string {
  return notesOf(card)
    .map((note) => `<br/>${label(note)}`)
    .join('');
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

/** Between characters that mean something after codes were read: a formula, an icon, a new line. A space without width parts them. */
const OBEYED_TOGETHER = /(?<=\$)(?=\$)|(?<=:)(?=fa-)|(?<=\\)(?=n)/g;

/** Text in which Mermaid finds nothing to obey. It takes no empty one. */
function label(text: string): string {
  const line = text.replace(/\s+/g, ' ').replace(/\p{Cc}/gu, '');
  const short = [...line].length > MOST_LETTERS ? `${[...line].slice(0, MOST_LETTERS - 1).join('')}…` : line;
  const parted = short.replace(OBEYED_TOGETHER, '\u200b');
  return parted.replace(OBEYED_ANYWHERE, (char) => `#${char.codePointAt(0)};`) || ' ';
}
