/** Writes what a run of tests came to as a page: what failed first, expected beside actual, what of the flows was gone through. */
import { createRedactor, type Redactor } from '@flowdeck/engine/kit';
import { pageOf } from '../document.js';
import { html, type Markup } from '../html.js';
import type { KnownCard } from '../model.js';
import { countText } from '../numbers.js';
import { dataOf } from '../report/data.js';
import { keep } from '../report/fold.js';
import { leaked } from '../report/leaked.js';
import { pack } from '../report/pack.js';
import { coverageSection } from './coverage-section.js';
import { caseName, type DrawnTest, failedTest, isDrawn, MOST_STEPS } from './failed-test.js';
import type { ReportedTest, ReportedTests } from './types.js';

/** Failed cases that are told whole; of more, the names stand in the list. */
const MOST_WHOLE = 100;

/**
 * The page of a run of tests as one HTML file, which loads nothing and reads without script too. Cases that failed come first, whole: what
 * was expected beside what came, their calls, the flow drawn with how each card went, and a way to step through the run; then
 * coverage, drawn on the flows, and a line for each other case.
 *
 * @throws FlowdeckError `report-secret` when a secret stands in the page although it was taken out of every value.
 * @example
 * const page = await testsPage({ tests, faults: [], coverage: null, below: [], card: (id) => cards.get(id) });
 */
export async function testsPage(reported: ReportedTests): Promise<string> {
  const { secrets = createRedactor(), card } = reported;
  const { tests, faults, coverage, below } = cleanTests(reported);
  const failed = tests.filter(({ status }) => status === 'failed');
  const title = headline(tests, faults.length, below.length);
  const body = html`<a class="skip" href="#all">Skip to the list of cases</a>
<header class="head" data-state="${title.startsWith('✓') ? 'success' : 'error'}"><h1>${title}</h1></header>
<main>
${faults.length === 0 ? null : html`<section class="verdict" aria-labelledby="faults"><h2 id="faults">Faulty files</h2>${sentences(faults)}</section>`}
${below.length === 0 ? null : html`<section class="verdict" aria-labelledby="below"><h2 id="below">Below what was asked for</h2>${sentences(below)}</section>`}
${failed.slice(0, MOST_WHOLE).map((test, index) => failedTest(test, index, failed.length, card))}
${failed.length > MOST_WHOLE ? html`<p role="note">${countText(failed.length - MOST_WHOLE, 'more failed case')} are told below by name only.</p>` : null}
${coverage === null ? null : coverageSection(coverage, card)}
${everyTest(tests)}
</main>`;
  const shown = failed.slice(0, MOST_WHOLE);
  const runs = shown.flatMap((test, index) => (isDrawn(test, index) ? [packed(test, index, card, secrets)] : []));
  if (!secrets.empty && secrets.contains(body.text)) throw leaked();
  const data = await Promise.all(runs.map(({ name, run }) => dataOf(name, run)));
  return pageOf({ title, body, data: data.length === 0 ? null : html`${data}` });
}

/** The run of a case, for the script to step through. */
function packed({ history, document }: DrawnTest, index: number, card: KnownCard, secrets: Redactor) {
  const run = pack({ history, document, card }, keep(history, MOST_STEPS), (value) => {
    if (secrets.contains(value)) throw leaked();
  });
  return { name: caseName(index), run };
}

function cleanTests({
  secrets,
  tests,
  faults,
  coverage,
  below,
}: ReportedTests): Pick<ReportedTests, 'tests' | 'faults' | 'coverage' | 'below'> {
  const told = { tests, faults, coverage, below };
  return secrets === undefined || secrets.empty ? told : secrets.redact(told);
}

function headline(tests: readonly ReportedTest[], faulty: number, below: number): string {
  const of = (status: ReportedTest['status']) => tests.filter((test) => test.status === status).length;
  const [failed, passed, skipped] = [of('failed'), of('passed'), of('skipped')];
  const parts = [
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(faulty > 0 ? [`${countText(faulty, 'fault')} in files`] : []),
    `${passed} passed`,
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ];
  return `${failed + faulty + below > 0 ? '✗' : '✓'} ${parts.join(', ')}`;
}

function sentences(lines: readonly string[]): Markup {
  return html`<ul>${lines.map((line) => html`<li><bdi dir="auto">${line}</bdi></li>`)}</ul>`;
}

const RESULTS = { passed: '✓ passed', failed: '✗ failed', skipped: '- skipped' } as const;

/** Every case in a line. */
function everyTest(tests: readonly ReportedTest[]): Markup {
  const failed = tests.filter(({ status }) => status === 'failed').slice(0, MOST_WHOLE);
  const rows = tests.map((test) => {
    const at = failed.indexOf(test);
    const name = at < 0 ? html`<bdi>${test.name}</bdi>` : html`<a href="#failed-${at}"><bdi>${test.name}</bdi></a>`;
    const state = test.status === 'failed' ? 'error' : test.status === 'passed' ? 'success' : 'skipped';
    return html`<tr data-state="${state}"><td>${RESULTS[test.status]}</td><td>${name}</td><td><bdi dir="auto">${test.reason ?? test.proves ?? ''}</bdi></td><td>${test.calls.length === 0 ? '' : countText(test.calls.length, 'call')}</td></tr>`;
  });
  return html`<section id="all" aria-labelledby="all-title"><h2 id="all-title">Every case</h2><div class="wide" role="region" aria-label="List of cases" tabindex="0"><table><thead><tr><th>result</th><th>case</th><th>what it proves</th><th>calls</th></tr></thead><tbody>${rows}</tbody></table></div></section>`;
}
