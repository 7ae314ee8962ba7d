/** What a report says first, readable without script and style: what happened, where, why, what to do. */
import type { ErrorData, ExecutionEntry } from '@flowdeck/engine';
import { html, type Markup } from '../html.js';
import { countText, durationText, grouped } from '../numbers.js';
import type { Kept } from './fold.js';
import type { ReportedRun, ReportOptions } from './types.js';
import type { FailedCard, RunFault } from './way.js';

const HEADLINES = {
  success: { sign: '✓', word: 'Passed' },
  stopped: { sign: '■', word: 'Stopped early' },
  error: { sign: '✗', word: 'Failed' },
  cancelled: { sign: '✗', word: 'Cancelled' },
  running: { sign: '…', word: 'Did not end' },
} as const;

/** Title of the page: a tab shows the sign first. */
export function headlineOf({ status, flowName }: ExecutionEntry): string {
  const { sign, word } = HEADLINES[status];
  return `${sign} ${word}: ${flowName}`;
}

/** The header of the page: the run in a line, and in numbers. */
export function header(
  root: ExecutionEntry,
  { history, exchanges = [] }: ReportedRun,
  { executions, folded }: Kept,
): Markup {
  const cards = executions.reduce((sum, each) => sum + each.counts.cards, 0) + folded.steps;
  const caught = executions.filter(({ status }) => status === 'success' || status === 'stopped');
  const swallowed = caught.reduce((sum, each) => sum + each.counts.failures, 0);
  const facts = [
    countText(cards, 'card'),
    countText(history.counts.started, 'flow run'),
    root.durationMs === null ? 'no end was recorded' : durationText(root.durationMs),
    new Date(root.startedAt).toISOString(),
    ...(exchanges.length > 0 ? [countText(exchanges.length, 'HTTP request')] : []),
    ...(swallowed > 0 ? [`${countText(swallowed, 'failed card')} in flows that went on`] : []),
    `run ${root.runId}`,
  ];
  return html`<header class="head" data-state="${root.status}"><h1>${headlineOf(root)}</h1><ul class="facts">${facts.map((fact) => html`<li><bdi>${fact}</bdi></li>`)}</ul></header>`;
}

/** Null: nothing failed, and no way to repeat it was given. */
export function verdict(fault: RunFault | null, options: ReportOptions): Markup | null {
  const again =
    options.again === undefined ? null : html`<p class="again">Run it again: <code>${options.again}</code></p>`;
  if (fault === null) return again === null ? null : html`<section aria-label="How to repeat it">${again}</section>`;
  const { error, way } = fault;
  return html`<section class="verdict" aria-labelledby="why"><h2 id="why">What went wrong</h2>
<p class="reason"><bdi dir="auto">${error.message}</bdi> <code class="code">${error.code}</code>${error.statusCode === null ? null : html` <span>HTTP status ${error.statusCode}</span>`}</p>
${serviceLine(error)}${wayList(way, error)}${error.hint === undefined ? null : html`<p class="hint"><strong>What to do:</strong> <bdi dir="auto">${error.hint}</bdi></p>`}${answerOf(error)}${again}</section>`;
}

function serviceLine({ service }: ErrorData): Markup | null {
  if (service === undefined) return null;
  const { connector, message, code, link } = service;
  const safe =
    link !== null && /^https?:\/\//.test(link) ? html` <a href="${link}" rel="noreferrer">${link}</a>` : null;
  return html`<p class="service"><strong>${connector} says:</strong> <bdi dir="auto">${message}</bdi>${code === null ? null : html` (${code})`}${safe}</p>`;
}

function wayList(way: readonly FailedCard[], { at }: ErrorData): Markup | null {
  if (way.length === 0) return null;
  const field = typeof at['field'] === 'string' ? html`, input <code>${at['field']}</code>` : null;
  return html`<p><strong>Where:</strong></p><ol class="way">${way.map(
    ({ execution, card, item }, index) =>
      html`<li>flow <bdi>${execution.flowName}</bdi>, card <b><bdi>${card.title}</bdi></b> <code>${card.card}</code> (${card.cardType})${item === null ? null : html`, item ${grouped(item + 1)}`}${index === way.length - 1 ? field : null}${card.attempts > 1 ? html`, ${countText(card.attempts, 'attempt')}` : null}</li>`,
  )}</ol>`;
}

/** Characters of an answer that the first screen shows. */
const MOST_ANSWER = 2_000;

/** What a service answered, or what a Return Error gave beside its message. */
function answerOf({ extra }: ErrorData): Markup | null {
  if (extra === undefined || Object.keys(extra).length === 0) return null;
  const text = JSON.stringify(extra, null, 2);
  const cut = text.length > MOST_ANSWER ? `${text.slice(0, MOST_ANSWER)}…` : text;
  return html`<details open><summary>The answer</summary><pre><bdi dir="auto">${cut}</bdi></pre></details>`;
}

/** Rows of the list that needs no script. */
const MOST_ROWS = 500;

/** All that ran as a plain list: for a reader without script, and for paper. */
export function outline({ executions }: Kept): Markup {
  const rows: Markup[] = [];
  let left = 0;
  for (const execution of executions) {
    for (const card of execution.cards.flat()) {
      if (rows.length === MOST_ROWS) {
        left++;
        continue;
      }
      const state = card.status === 'error' ? '✗ failed' : card.status === 'running' ? '… did not end' : '✓';
      rows.push(
        html`<tr data-state="${card.status}"><td>${state}</td><td><bdi>${execution.flowName}</bdi></td><td><bdi>${card.title}</bdi></td><td>${card.cardType}</td><td>${card.durationMs === null ? '' : durationText(card.durationMs)}</td><td><bdi dir="auto">${card.error?.message ?? ''}</bdi></td></tr>`,
      );
    }
  }
  const more =
    left === 0 ? null : html`<p>${countText(left, 'more card')}: the list above shows the first ${MOST_ROWS}.</p>`;
  return html`<section id="outline" aria-labelledby="outline-title"><h2 id="outline-title">Every card, in the order of its start</h2><div class="wide" role="region" aria-labelledby="outline-title" tabindex="0"><table><thead><tr><th>state</th><th>flow</th><th>card</th><th>type</th><th>time</th><th>error</th></tr></thead><tbody>${rows}</tbody></table></div>${more}</section>`;
}

/** What is not told one by one, and how it can be. Null: everything is. `limit`: how much is kept, in a sentence. */
export function foldedNote({ folded }: Kept, limit: Markup | string): Markup | null {
  if (folded.steps === 0 && folded.executions === 0) return null;
  return html`<p class="folded" role="note">${countText(folded.steps, 'card')} of ${countText(folded.executions, 'flow run')} that are older and ended well, or went over the limits of the history, are folded: counted, and not shown one by one. ${limit}</p>`;
}
