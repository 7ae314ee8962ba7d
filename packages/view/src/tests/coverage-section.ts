/** What the tests went through, drawn on the flows. */
import { flowsOf } from '@flowdeck/engine/kit';
import { html, Markup } from '../html.js';
import type { CardMark, CardMarks } from '../marks.js';
import { type GraphCard, type GraphFlow, graphOf, type KnownCard } from '../model.js';
import { titleOf } from '../options.js';
import { svg } from '../svg.js';
import type { ReportedCoverage, ReportedGap } from './types.js';

export function coverageSection(flows: readonly ReportedCoverage[], card: KnownCard): Markup {
  return html`<section aria-labelledby="coverage"><h2 id="coverage">What the tests went through</h2>${flows.map((each) => flowCoverage(each, card))}</section>`;
}

function flowCoverage(
  { subject, document, flow: id, shares, missing }: ReportedCoverage,
  card: KnownCard,
): Markup | null {
  const flow = flowsOf(document).find((each) => each.id === id);
  if (flow === undefined) return null;
  const graph = graphOf(flow, card);
  const picture = new Markup(svg([graph], { wires: false, marks: coverageMarks(graph, missing) }));
  return html`<details class="flow"><summary>${missing.length === 0 ? '✓' : '○'} ${titleOf(graph)}: ${shares.join(', ')} <span>(${subject})</span></summary>${missing.length === 0 ? null : html`<ul>${missing.map((gap) => html`<li><code>${gap.card}</code> ${gapText(gap)}</li>`)}</ul>`}<div class="wide" role="region" aria-label="Coverage of ${graph.name}" tabindex="0">${picture}</div></details>`;
}

function gapText({ kind, branch }: ReportedGap): string {
  if (kind === 'card') return 'never ran';
  return kind === 'branch' ? `never took ${branch ?? 'a branch'}` : 'never failed';
}

/** How the tests went through each card of a flow. */
export function coverageMarks(flow: GraphFlow, missing: readonly ReportedGap[]): CardMarks {
  const gaps = new Map<string, ReportedGap[]>();
  for (const gap of missing) gaps.set(gap.card, [...(gaps.get(gap.card) ?? []), gap]);
  const marks = new Map<string, CardMark>();
  const visit = (cards: readonly GraphCard[]): void => {
    for (const each of cards) {
      if (each.remark === null) marks.set(each.key, coverageMark(gaps.get(each.step) ?? []));
      for (const block of each.blocks) visit(block.cards);
    }
  };
  visit(flow.cards);
  return marks;
}

function coverageMark(gaps: readonly ReportedGap[]): CardMark {
  if (gaps.length === 0) return { state: 'passed', text: '✓ tested' };
  if (gaps.some(({ kind }) => kind === 'card')) return { state: 'skipped', text: '○ never ran' };
  return { state: 'caught', text: `◐ ${gaps.map(gapText).join(', ')}` };
}
