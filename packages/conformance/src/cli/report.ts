/** What the command prints. */
import { type CaseResult, type Failure, failureLines } from '@flowdeck/testing';

export interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

export function countOf(results: readonly CaseResult[]): Count {
  const count = { passed: 0, failed: 0, skipped: 0 };
  for (const { status } of results) count[status]++;
  return count;
}

/** A line for the suite, then every failure in full. */
export function describeSuite(suite: string, results: readonly CaseResult[]): string {
  const { passed, failed, skipped } = countOf(results);
  const skips = skipped === 0 ? '' : `, ${skipped} skipped`;
  const mark = failed > 0 ? 'FAIL' : passed === 0 ? 'skip' : 'ok  ';
  const reasons = [...new Set(results.flatMap(({ reason }) => reason ?? []))].map((reason) => `       ${reason}`);
  const failures = results.filter(({ status }) => status === 'failed').map(describeFailure);
  return [`${mark} ${suite}: ${passed} of ${passed + failed} passed${skips}`, ...reasons, ...failures].join('\n');
}

/** A failed case: its id, what it proves, and each thing that is not as expected. */
export function describeFailure({ suite, id, proves, source, failures }: CaseResult): string {
  // A check of a pack says in its name what it proves.
  const about = proves === null ? [] : [`       ${proves}${source === null ? '' : ` (${source})`}`];
  return [`     x ${suite}/${id}`, ...about, ...failures.map(describe)].join('\n');
}

function describe(failure: Failure): string {
  const [first = '', ...rest] = failureLines(failure);
  return [`       - ${first}`, ...rest.map((line) => `         ${line}`)].join('\n');
}

export function describeTotal(suites: number, { passed, failed, skipped }: Count): string {
  const result = failed === 0 ? 'passed' : 'FAILED';
  return `${result}: ${passed} of ${passed + failed} cases in ${suites} suites, ${skipped} skipped.`;
}
