/** Puts together what a run of test files came to. */
import type { Diagnostic } from '@flowdeck/engine';
import type { CaseRun } from '../run/outcome.js';
import type { CaseResult } from '../run/run-case.js';
import { asTold } from './as-told.js';
import type { Coverage } from './coverage-types.js';
import type { CaseReport, SuiteReport, TestReport, TestTotals } from './types.js';

/** What a report is made of. */
export interface ReportParts {
  /** In the order of their files. */
  readonly suites: readonly SuiteReport[];
  /** Default: none. */
  readonly faults?: readonly Diagnostic[];
  /** Default: it was not asked for. */
  readonly coverage?: Coverage | null;
}

/**
 * The report of these suites.
 *
 * @example
 * const report = testReport({ suites: [{ suite: 'orders', file: null, cases: results.map(caseReport) }] });
 */
export function testReport({ suites, faults = [], coverage = null }: ReportParts): TestReport {
  const totals = totalsOf(suites, faults);
  const status = totals.failed + totals.faulty === 0 ? 'passed' : 'failed';
  return { status, totals, suites, faults, coverage };
}

/** A result without what differs from one time to the next, as JSON. */
export function caseReport({ durationMs: _, failures, run, ...result }: CaseResult): CaseReport {
  return { ...result, failures: failures.map(asTold), ...(run === undefined ? {} : { run: toldRun(run) }) };
}

/** Calls one by one, and what they are judged by one by one: a value of many megabytes does not hide the others. */
function toldRun({ flow, observed, events, caught }: CaseRun): CaseRun {
  const { border, ...rest } = observed;
  const seen = border && {
    effects: border.effects.map(asTold),
    problems: border.problems.map(asTold),
    unused: border.unused.map(asTold),
    tables: asTold(border.tables),
    madeRows: asTold(border.madeRows),
  };
  return {
    flow,
    observed: { ...asTold(rest), ...(seen === undefined ? {} : { border: seen }) },
    events: events.map(asTold),
    caught: caught.map(asTold),
  };
}

function totalsOf(suites: readonly SuiteReport[], faults: readonly Diagnostic[]): TestTotals {
  const all = suites.flatMap(({ cases }) => cases);
  const count = (status: CaseReport['status']) => all.filter((each) => each.status === status).length;
  const faulty = new Set(faults.filter(({ severity }) => severity === 'error').map(({ file }) => file)).size;
  return { passed: count('passed'), failed: count('failed'), skipped: count('skipped'), faulty };
}
