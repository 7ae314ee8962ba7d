/** Draws a deck as a page: which flow calls which, then every flow; calls are links. */
import { pageOf } from './document.js';
import { html, Markup } from './html.js';
import type { GraphFlow } from './model.js';
import { countText } from './numbers.js';
import { type DrawOptions, titleOf } from './options.js';
import { overview } from './overview.js';
import { svg } from './svg.js';

/**
 * One HTML file without script that loads nothing: an overview of the calls, and the picture of each flow. What calls a flow
 * links to its picture.
 *
 * @example
 * deckPage(document.flows.map((flow) => graphOf(flow, card)), { wires: false });
 */
export function deckPage(flows: readonly GraphFlow[], { wires, marks }: DrawOptions): string {
  const numbers = new Map(flows.map(({ id }, index) => [id, index]));
  const link = (flow: string) => (numbers.has(flow) ? `#flow-${numbers.get(flow)}` : null);
  const title = flows.length === 1 ? flows.map(titleOf).join() : countText(flows.length, 'flow');
  const body = html`<header class="head"><h1>${title}</h1></header>
<main>
${flows.length < 2 ? null : html`<section aria-labelledby="calls"><h2 id="calls">Which flow calls which</h2><div class="wide" role="region" aria-labelledby="calls" tabindex="0">${new Markup(overview(flows, link))}</div></section>`}
${flows.map(
  (flow, index) =>
    html`<section id="flow-${index}" aria-labelledby="name-${index}"><h2 id="name-${index}">${titleOf(flow)}</h2><div class="wide" role="region" aria-labelledby="name-${index}" tabindex="0">${new Markup(svg([flow], { wires, marks, link }))}</div></section>`,
)}
</main>`;
  return pageOf({ title, body, data: null });
}
