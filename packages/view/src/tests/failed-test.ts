/** A case that failed, whole: expected beside actual, its calls, how its cards went. */
import type { CardEntry, ExecutionEntry, FlowFile, History } from '@flowdeck/engine';
import { flowsOf } from '@flowdeck/engine/kit';
import { html, type Markup } from '../html.js';
import { graphOf, type KnownCard } from '../model.js';
import { countText, grouped } from '../numbers.js';
import { foldedNote } from '../report/first-screen.js';
import { keep } from '../report/fold.js';
import { pictures } from '../report/pictures.js';
import { marksOf } from '../report/run-marks.js';
import { shownJson } from './shown-json.js';
import type { ReportedCall, ReportedFailure, ReportedTest } from './types.js';

/** Rows of calls and of cards that are shown of one case. */
const MOST_TOLD = 200;
/** Cards of one case that are kept, to be stepped through. */
export const MOST_STEPS = 10_000;
/** Cases that have pictures and can be stepped through; of more, the list of cards tells. */
const MOST_DRAWN = 25;

/** A case of which there is enough to draw it, and to step through it. */
export type DrawnTest = ReportedTest & { readonly history: History; readonly document: FlowFile };

export function isDrawn(test: ReportedTest, index: number): test is DrawnTest {
  return index < MOST_DRAWN && test.history !== null && test.document !== null;
}

/** Of the case, in addresses and ids. */
export function caseName(index: number): string {
  return `case-${index}-`;
}

export function failedTest(test: ReportedTest, index: number, of: number, card: KnownCard): Markup {
  const { name, place, proves, failures, again } = test;
  return html`<section class="verdict" id="failed-${index}" data-run="${caseName(index)}" aria-labelledby="case-${index}"><h2 id="case-${index}">✗ <bdi>${name}</bdi></h2>
<p>Failure ${index + 1} of ${of}${place === null ? null : html`, <code>${place}</code>`}${proves === null ? null : html`: that <bdi dir="auto">${proves}</bdi>`}</p>
${failures.map(comparison)}
${again === undefined ? null : html`<p class="again">Run it again: <code>${again}</code></p>`}
${calls(test.calls, index)}${test.history === null ? null : foldedNote(keep(test.history, MOST_STEPS), `Of each case this page keeps ${grouped(MOST_STEPS)} cards.`)}${isDrawn(test, index) ? drawn(test, index, card) : null}${cards(test, index)}</section>`;
}

function comparison({ where, code, message, hint, expected, actual }: ReportedFailure): Markup {
  const values =
    expected === undefined && actual === undefined
      ? null
      : html`<table class="beside"><thead><tr><th>expected</th><th>actual</th></tr></thead><tbody><tr><td><pre><del><bdi dir="auto">${shownJson(expected)}</bdi></del></pre></td><td><pre><ins><bdi dir="auto">${shownJson(actual)}</bdi></ins></pre></td></tr></tbody></table>`;
  return html`<div class="failure"><p class="reason"><code>${where}</code>${message === undefined ? null : html` <bdi dir="auto">${message}</bdi>`}${code === undefined ? null : html` <code class="code">${code}</code>`}</p>${values}${hint === undefined ? null : html`<p class="hint"><strong>What to do:</strong> <bdi dir="auto">${hint}</bdi></p>`}</div>`;
}

function calls(all: readonly ReportedCall[], index: number): Markup | null {
  if (all.length === 0) return null;
  const rows = all
    .slice(0, MOST_TOLD)
    .map(
      ({ name, at, inputs, outputs, error }) =>
        html`<tr data-state="${error === null ? 'success' : 'error'}"><td><bdi>${name}</bdi></td><td><code>${at ?? ''}</code></td><td><pre><bdi dir="auto">${shownJson(inputs)}</bdi></pre></td><td><pre><bdi dir="auto">${error ?? shownJson(outputs)}</bdi></pre></td></tr>`,
    );
  return html`<details><summary>${countText(all.length, 'call')} at the border</summary><div class="wide" role="region" aria-label="Calls of case ${index + 1}" tabindex="0"><table class="told"><thead><tr><th>call</th><th>made by</th><th>with</th><th>answer</th></tr></thead><tbody>${rows}</tbody></table></div>${rest(all.length, 'call')}</details>`;
}

function drawn({ history, document }: DrawnTest, index: number, card: KnownCard): Markup {
  const graphs = flowsOf(document).map((flow) => graphOf(flow, card));
  const executions = Object.values(history.executions);
  const open = new Set(executions.slice(0, 1).map(({ flow }) => flow));
  const drawn = pictures(graphs, marksOf(executions, graphs), open, {
    prefix: caseName(index),
    of: ` of case ${index + 1}`,
  });
  return html`${drawn}<div class="opens" data-opens="${caseName(index)}"></div>`;
}

interface RanCard {
  readonly execution: ExecutionEntry;
  readonly card: CardEntry;
}

function cards({ history }: ReportedTest, index: number): Markup | null {
  if (history === null) return null;
  const all = Object.values(history.executions).flatMap((execution) =>
    execution.cards.flat().map((card): RanCard => ({ execution, card })),
  );
  if (all.length === 0) return null;
  const rows = all
    .slice(0, MOST_TOLD)
    .map(
      ({ execution, card }) =>
        html`<tr data-state="${card.status}"><td>${card.status === 'error' ? '✗' : '✓'}</td><td><bdi>${execution.flowName}</bdi></td><td><bdi>${card.title}</bdi> <code>${card.card}</code></td><td><pre><bdi dir="auto">${shownJson(card.inputs ?? undefined)}</bdi></pre></td><td><pre><bdi dir="auto">${card.error?.message ?? shownJson(card.outputs ?? undefined)}</bdi></pre></td></tr>`,
    );
  return html`<details><summary>${countText(all.length, 'card')} in the order of their starts</summary><div class="wide" role="region" aria-label="Cards of case ${index + 1}" tabindex="0"><table class="told"><thead><tr><th>state</th><th>flow</th><th>card</th><th>inputs</th><th>outputs</th></tr></thead><tbody>${rows}</tbody></table></div>${rest(all.length, 'card')}</details>`;
}

function rest(count: number, noun: string): Markup | null {
  return count > MOST_TOLD ? html`<p>${countText(count - MOST_TOLD, `more ${noun}`)} are not shown.</p>` : null;
}
