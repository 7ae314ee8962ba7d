/** The flows of a run, drawn with how their cards went. */
import type { ExecutionEntry } from '@flowdeck/engine';
import { html, Markup } from '../html.js';
import type { CardMarks } from '../marks.js';
import type { GraphFlow } from '../model.js';
import { titleOf } from '../options.js';
import { svg } from '../svg.js';

/** One of several sets of pictures on a page. */
export interface PictureSet {
  /** Of its ids. */
  readonly prefix: string;
  /** Whose they are, such as ` of case 1`. */
  readonly of: string;
}

/**
 * Pictures of the flows that ran: those in `open` are shown, others open on demand. Calls lead from one to the next.
 */
export function pictures(
  flows: readonly GraphFlow[],
  marks: ReadonlyMap<string, CardMarks>,
  open: ReadonlySet<string>,
  { prefix, of }: PictureSet = { prefix: '', of: '' },
): Markup {
  const ran = flows.filter(({ id }) => marks.has(id));
  const numbers = new Map(ran.map(({ id }, index) => [id, index]));
  const link = (flow: string) => (numbers.has(flow) ? `#${prefix}flow-${numbers.get(flow)}` : null);
  const drawn = ran.map((flow, index) => {
    const picture = new Markup(svg([flow], { wires: false, marks: marks.get(flow.id), link }));
    return html`<details class="flow" id="${prefix}flow-${index}" data-flow="${flow.id}"${open.has(flow.id) ? new Markup(' open') : null}><summary>${titleOf(flow)}</summary><div class="wide" role="region" aria-label="Picture of ${flow.name}${of}" tabindex="0">${picture}</div></details>`;
  });
  const others = flows.length - ran.length;
  return html`<section class="pictures" aria-labelledby="${prefix}flows"><h2 id="${prefix}flows">Flows${of}</h2>${drawn}${others === 0 ? null : html`<p>${others} more flows of the deck did not run.</p>`}</section>`;
}

/** The run's own flow, and the one in which it failed. */
export function openFlows(root: ExecutionEntry, failed: ExecutionEntry | undefined): ReadonlySet<string> {
  return new Set([root.flow, ...(failed === undefined ? [] : [failed.flow])]);
}
