/** Writes what changed between two versions of a deck as Markdown, for the comment of a pull request. */
import { flowsOf } from '@flowdeck/engine/kit';
import { escaped, shown } from '../html.js';
import { mermaid } from '../mermaid.js';
import { beyondMermaid } from '../mermaid-limits.js';
import { graphOf } from '../model.js';
import { countText } from '../numbers.js';
import { changeMarks } from './change-marks.js';
import { hasValues, partsOf, type ReviewPart, signOf, summaryOf, valueText } from './parts.js';
import type { ReviewedChange, ReviewedDecks } from './types.js';

/** Characters that a comment takes on GitHub, with room for what a recipe writes around it. */
const MOST_CHARACTERS = 60_000;
/** Changes of one part that are written out. */
const MOST_CHANGES = 50;

/**
 * The same as `reviewOf`, as Markdown that fits into a comment (60,000 characters): what breaks first, then flow by flow,
 * each with its picture in Mermaid. What does not fit is left out by whole parts, and a line says how much.
 */
export function reviewMarkdown(decks: ReviewedDecks): string {
  const { changes, names } = decks;
  const breaking = changes.filter((change) => change.breaking);
  const head = [
    `### ${summaryOf(changes)}: ${inline(names.before)} → ${inline(names.after)}`,
    '',
    ...(breaking.length === 0 ? [] : ['**What may break**', '', ...breaking.slice(0, MOST_CHANGES).map(line), '']),
  ];
  let text = `${head.join('\n')}\n`;
  const parts = partsOf(changes);
  for (const [index, part] of parts.entries()) {
    const written = [sectionText(part, decks, true), sectionText(part, decks, false)].find(
      (each) => text.length + each.length <= MOST_CHARACTERS,
    );
    if (written === undefined) {
      return `${text}${countText(parts.length - index, 'more part')} with changes: too long for a comment. See the report.\n`;
    }
    text += written;
  }
  return text;
}

function sectionText({ flow, changes }: ReviewPart, decks: ReviewedDecks, isDrawn: boolean): string {
  // What stands in an element is HTML: Markdown begins after an empty line.
  const name = flow === null ? 'Tables and connector' : `Flow ${quiet(escaped(shown(flow)))}`;
  const more = changes.length - MOST_CHANGES;
  const chart = isDrawn && flow !== null ? chartOf(flow, decks) : null;
  return [
    `<details><summary>${name}: ${summaryOf(changes)}</summary>`,
    '',
    ...changes.slice(0, MOST_CHANGES).map(line),
    ...(more > 0 ? ['', `${countText(more, 'more change')}.`] : []),
    '',
    ...(chart === null ? [] : ['```mermaid', chart.trimEnd(), '```', '']),
    '</details>',
    '',
  ].join('\n');
}

/** Of the version that is there now. Null: it is gone, or larger than what is drawn in a comment. */
function chartOf(id: string, { after, card, changes }: ReviewedDecks): string | null {
  const flow = flowsOf(after).find((each) => each.id === id);
  if (flow === undefined) return null;
  const graph = graphOf(flow, card);
  const chart = mermaid([graph], { wires: false, marks: changeMarks(graph, changes, 'after') });
  return beyondMermaid(chart) === null ? chart : null;
}

function line(change: ReviewedChange): string {
  const values = hasValues(change) ? `<br>${code(valueText(change.before))} → ${code(valueText(change.after))}` : '';
  return `- ${signOf(change)} ${inline(change.message)}${change.breaking ? ' **breaking**' : ''}${values}`;
}

/** Text in which Markdown finds nothing to obey, and that calls nobody. */
function inline(text: string): string {
  const line = shown(text).replace(/\s+/g, ' ').replace(/&/g, '&amp;').replace(/</g, '&lt;');
  return quiet(line.replace(/[\\`*_{}[\]()#|~!>]/g, '\\$&'));
}

/** A mention, and an address, is broken by a space without width. */
function quiet(text: string): string {
  return text.replace(/@/g, '@\u200b').replace(/https?:/g, '$&\u200b');
}

/** A value as code, whatever backticks it has (CommonMark, code spans). */
function code(text: string): string {
  const line = shown(text).replace(/\s+/g, ' ');
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${line}${fence}` : `${fence} ${line} ${fence}`;
}
