/** Writes what changed between two versions of a deck as a page: breaking changes first, and both pictures of each flow. */
import { flowsOf } from '@flowdeck/engine/kit';
import { pageOf } from '../document.js';
import { html, Markup } from '../html.js';
import { type GraphFlow, graphOf } from '../model.js';
import { svg } from '../svg.js';
import { changeMarks, type Side } from './change-marks.js';
import { hasValues, partsOf, type ReviewPart, signOf, summaryOf, valueText } from './parts.js';
import type { ReviewedChange, ReviewedDecks } from './types.js';

/**
 * A page for the review of a change, as one HTML file: what breaks first, then flow by flow what was added, removed, rewired
 * and changed, in words and marked in the pictures of both versions. It has no script and loads nothing.
 *
 * @example
 * reviewOf({ names: { before: 'main', after: 'this branch' }, before, after, changes: diffDocuments(before, after), card });
 */
export function reviewOf(decks: ReviewedDecks): string {
  const { names, changes } = decks;
  const parts = partsOf(changes);
  const title = `${changes.length === 0 ? '✓' : '~'} ${summaryOf(changes)}: ${names.before} → ${names.after}`;
  const breaking = changes.filter((change) => change.breaking);
  const body = html`<header class="head"><h1>${title}</h1></header>
<main>
${breaking.length === 0 ? null : html`<section class="verdict" aria-labelledby="breaking"><h2 id="breaking">What may break</h2>${list(breaking)}</section>`}
${parts.map((part, index) => section(part, index, decks))}
</main>`;
  return pageOf({ title, body, data: null });
}

function section({ flow, changes }: ReviewPart, index: number, decks: ReviewedDecks): Markup {
  const heading = flow === null ? 'Tables and connector' : `Flow ${nameOf(flow, decks)}`;
  return html`<section aria-labelledby="part-${index}"><h2 id="part-${index}">${heading}</h2>${list(changes)}${
    flow === null ? null : [picture(flow, 'before', decks), picture(flow, 'after', decks)]
  }</section>`;
}

function nameOf(flow: string, decks: ReviewedDecks): string {
  const found = graphIn(flow, 'after', decks) ?? graphIn(flow, 'before', decks);
  return found === null || found.name === flow ? flow : `${found.name} (${flow})`;
}

function graphIn(id: string, side: Side, decks: ReviewedDecks): GraphFlow | null {
  const flow = flowsOf(decks[side]).find((each) => each.id === id);
  return flow === undefined ? null : graphOf(flow, decks.card);
}

function picture(id: string, side: Side, decks: ReviewedDecks): Markup | null {
  const flow = graphIn(id, side, decks);
  if (flow === null) return null;
  const marks = changeMarks(flow, decks.changes, side);
  const drawn = new Markup(svg([flow], { wires: false, marks }));
  return html`<details class="flow" open><summary>${side}: ${decks.names[side]}</summary><div class="wide" role="region" aria-label="${side}: ${flow.name}" tabindex="0">${drawn}</div></details>`;
}

function list(changes: readonly ReviewedChange[]): Markup {
  return html`<ul>${changes.map(
    (change) =>
      html`<li>${signOf(change)} <bdi dir="auto">${change.message}</bdi>${change.breaking ? html` <strong class="breaking">breaking</strong>` : null}${
        hasValues(change)
          ? html`<br><del><code dir="auto">${valueText(change.before)}</code></del> → <ins><code dir="auto">${valueText(change.after)}</code></ins>`
          : null
      }</li>`,
  )}</ul>`;
}
