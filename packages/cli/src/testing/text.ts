/** What a person reads of a run of tests: a line for each file, then every failure in full. */
import type { CaseReport, Coverage, Share, SuiteReport, TestReport } from '@flowdeck/testing';
import type { Palette } from '../output/colour.js';
import { diagnosticText } from '../output/diagnostics.js';
import { count, plain } from '../output/text.js';

/** Words of `@flowdeck/testing`, which is loaded when it is needed. */
export interface TestWords {
  readonly failureLines: typeof import('@flowdeck/testing').failureLines;
}

export function reportText(report: TestReport, { failureLines }: TestWords, palette: Palette): string {
  const { suites, totals, coverage } = report;
  const failed = suites.flatMap(({ file, cases }) =>
    cases.filter(({ status }) => status === 'failed').map((each) => caseText(each, file, failureLines, palette)),
  );
  return [
    ...suites.map((suite) => suiteLine(suite, palette)),
    ...failed,
    ...(coverage === null ? [] : [coverageText(coverage, palette)]),
    totalsLine(totals, palette),
  ].join('');
}

/** What is wrong with the files that could not be read. */
export function faultsText(faults: TestReport['faults'], palette: Palette): string {
  return faults.map((fault) => diagnosticText({ ...fault, file: fault.file ?? '' }, palette)).join('');
}

function suiteLine({ suite, file, cases }: SuiteReport, { green, red, yellow, dim }: Palette): string {
  const of = (status: CaseReport['status']) => cases.filter((each) => each.status === status).length;
  const [passed, failed, skipped] = [of('passed'), of('failed'), of('skipped')];
  const mark = failed > 0 ? red('✗') : passed > 0 ? green('✓') : yellow('-');
  const parts = [
    ...(failed > 0 ? [red(`${failed} failed`)] : []),
    ...(passed > 0 ? [`${passed} passed`] : []),
    ...(skipped > 0 ? [yellow(`${skipped} skipped`)] : []),
  ];
  return `${mark} ${plain(file ?? suite)}  ${dim(parts.join(', '))}\n`;
}

function caseText(
  { suite, id, proves, failures, line }: CaseReport,
  file: string | null,
  failureLines: TestWords['failureLines'],
  { red, bold, dim }: Palette,
): string {
  const place = file === null ? '' : `  ${dim(line === undefined ? plain(file) : `${plain(file)}:${line}`)}`;
  const name = `${suite}/${id}`;
  return [
    `\n${red('✗')} ${bold(plain(name))}${place}`,
    // No value may begin a line: what reads the log could take it for a command.
    ...(proves === null ? [] : [`  ${dim(`that ${plain(proves)}`)}`]),
    ...failures.flatMap((failure) => failureLines(failure).map((each) => `  - ${each}`.replace('  -   ', '    '))),
    ...(file === null ? [] : [dim(`  again: ${againLine(file, name)}`)]),
    '',
  ].join('\n');
}

/** A line that runs one case alone. */
export function againLine(file: string, name: string): string {
  return `flowdeck test ${quoted(file)} --filter ${quoted(name)}`;
}

/** As a shell takes it for one word. */
function quoted(text: string): string {
  const shown = plain(text);
  return /^[\w./:@%+=,-]+$/.test(shown) ? shown : `'${shown.replaceAll("'", "'\\''")}'`;
}

function coverageText({ cards, branches, errors, flows }: Coverage, { dim }: Palette): string {
  const missing = flows.flatMap(({ name, missing: parts }) =>
    parts.map(({ kind, card, branch }) => {
      const what = kind === 'card' ? 'did not run' : kind === 'branch' ? `never took "${branch}"` : 'never failed';
      return dim(`  ${plain(name)}/${plain(card)} ${plain(what)}\n`);
    }),
  );
  const shown = missing.slice(0, MOST_MISSING);
  const rest = missing.length - shown.length;
  const more = rest > 0 ? [dim(`  … and ${count(rest, 'more part')}: --json\n`)] : [];
  const line = `coverage: cards ${percent(cards)}, branches ${percent(branches)}, error paths ${percent(errors)}\n`;
  return ['\n', line, ...shown, ...more].join('');
}

const MOST_MISSING = 20;

/** Nothing to go through is gone through wholly. */
export function percentOf({ covered, total }: Share): number {
  return total === 0 ? 100 : (covered / total) * 100;
}

function percent(share: Share): string {
  // Down, so that 100 % means all of it.
  return `${Math.floor(percentOf(share))} % (${share.covered} of ${share.total})`;
}

function totalsLine(
  { passed, failed, skipped, faulty }: TestReport['totals'],
  { red, green, yellow }: Palette,
): string {
  const parts = [
    ...(failed > 0 ? [red(`${failed} failed`)] : []),
    ...(faulty > 0 ? [red(count(faulty, 'faulty file'))] : []),
    passed > 0 ? green(`${passed} passed`) : 'nothing passed',
    ...(skipped > 0 ? [yellow(`${skipped} skipped`)] : []),
  ];
  return `\n${parts.join(', ')}\n`;
}
