/** A report as JUnit XML, as GitLab, Jenkins and the actions of GitHub read it. */
import { failureLines, visible } from './failure-text.js';
import type { CaseReport, SuiteReport, TestReport } from './types.js';

/**
 * JUnit XML: valid whatever a value holds. Times are those of the cases' own clocks.
 *
 * @example
 * await writeFile('junit.xml', junitXml(report));
 */
export function junitXml({ suites, totals, faults }: TestReport): string {
  const broken = faults.map(({ file = '', line, message, code }) => {
    const place = line === undefined ? file : `${file}:${line}`;
    const text = `${place}: ${message} [${code}]`;
    return `    <testcase${attributes({ classname: file, name: 'can be read', file, time: '0' })}>\n${element('error', message, text)}    </testcase>\n`;
  });
  const { passed, failed, skipped } = totals;
  const counts = { tests: passed + failed + skipped + broken.length, failures: failed, errors: broken.length, skipped };
  const faulty =
    broken.length === 0
      ? ''
      : `  <testsuite name="files" tests="${broken.length}">\n${broken.join('')}  </testsuite>\n`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${attributes(counts)}>\n${suites.map(suiteXml).join('')}${faulty}</testsuites>\n`;
}

function suiteXml({ suite, file, cases }: SuiteReport): string {
  const count = (status: CaseReport['status']) => cases.filter((each) => each.status === status).length;
  const counts = { tests: cases.length, failures: count('failed'), skipped: count('skipped') };
  const inside = cases.map((each) => caseXml(each, suite, file)).join('');
  return `  <testsuite${attributes({ name: suite, ...counts })}>\n${inside}  </testsuite>\n`;
}

function caseXml({ id, status, reason, failures, run }: CaseReport, suite: string, file: string | null): string {
  const seconds = ((run?.observed.durationMs ?? 0) / 1000).toFixed(3);
  const head = `    <testcase${attributes({ classname: suite, name: id, ...(file === null ? {} : { file }), time: seconds })}`;
  if (status === 'passed') return `${head}/>\n`;
  if (status === 'skipped')
    return `${head}>\n      <skipped${attributes({ message: reason ?? '' })}/>\n    </testcase>\n`;
  const lines = failures.flatMap(failureLines);
  return `${head}>\n${element('failure', lines[0] ?? '', lines.join('\n'))}    </testcase>\n`;
}

function element(name: 'failure' | 'error', message: string, text: string): string {
  return `      <${name}${attributes({ message })}>${escaped(text)}</${name}>\n`;
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(visible(String(value)))}"`)
    .join('');
}

/** Text that XML 1.0 allows: one character that it does not would lose the whole report. */
function escaped(text: string): string {
  return text
    .split('\n')
    .map(visible)
    .join('\n')
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
