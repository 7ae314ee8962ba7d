/** A report as TAP, version 14. */
import { failureLines, visible } from './failure-text.js';
import type { CaseReport, TestReport } from './types.js';

/**
 * TAP 14: a test point for each case, and one for each file that could not be read.
 *
 * @example
 * process.stdout.write(tapText(report));
 */
export function tapText({ suites, faults }: TestReport): string {
  const cases = suites.flatMap(({ cases: each }) => each);
  const broken = faults.filter(({ severity }) => severity === 'error');
  const points = [
    ...cases.map((each, index) => casePoint(each, index + 1)),
    ...broken.map(({ file = '', message, code, line }, index) => {
      const details = { message, code, ...(line === undefined ? {} : { at: `${file}:${line}` }) };
      return `not ok ${cases.length + index + 1} - ${described(`${file} can be read`)}\n${diagnosticBlock(details)}`;
    }),
  ];
  return `TAP version 14\n1..${points.length}\n${points.join('')}`;
}

function casePoint({ suite, id, status, reason, failures }: CaseReport, number: number): string {
  const name = described(`${suite}/${id}`);
  if (status === 'passed') return `ok ${number} - ${name}\n`;
  if (status === 'skipped') return `ok ${number} - ${name} # SKIP ${visible(reason ?? '')}\n`;
  return `not ok ${number} - ${name}\n${diagnosticBlock({ failures: failures.map((each) => failureLines(each)) })}`;
}

function described(text: string): string {
  return visible(text).replace(/[\\#]/g, '\\$&');
}

/** YAML, of which JSON is a part. */
function diagnosticBlock(details: Readonly<Record<string, unknown>>): string {
  const lines = Object.entries(details).map(([key, value]) => `  ${key}: ${JSON.stringify(value)}\n`);
  return `  ---\n${lines.join('')}  ...\n`;
}
