/** A report as annotations of GitHub: workflow commands on standard output. */
import { failureLines } from './failure-text.js';
import type { TestReport } from './types.js';

/** So many errors of one step are shown; the rest vanishes without a word. */
const MOST_ERRORS = 10;

/**
 * One line for each failed case and faulty file, at its place. GitHub shows ten a step: the tenth counts the rest.
 *
 * @example
 * if (process.env.GITHUB_ACTIONS === 'true') process.stdout.write(githubAnnotations(report));
 */
export function githubAnnotations({ suites, faults }: TestReport): string {
  const all = [
    ...faults.flatMap(({ severity, file = '', line, message }) =>
      severity === 'error' ? [annotation(file, line, 'A file of cases cannot be read', message)] : [],
    ),
    ...suites.flatMap(({ cases, file }) =>
      cases.flatMap(({ status, suite, id, failures, line }) =>
        status === 'failed'
          ? [annotation(file ?? '', line, `${suite}/${id}`, failures.flatMap(failureLines).join('\n'))]
          : [],
      ),
    ),
  ];
  if (all.length <= MOST_ERRORS) return all.join('');
  const rest = all.length - MOST_ERRORS + 1;
  return [
    ...all.slice(0, MOST_ERRORS - 1),
    annotation('', undefined, 'More failed', `${rest} more: see the log.`),
  ].join('');
}

function annotation(file: string, line: number | undefined, title: string, text: string): string {
  const place = [
    ...(file === '' ? [] : [`file=${property(file)}`]),
    ...(line === undefined ? [] : [`line=${line}`]),
    `title=${property(title)}`,
  ];
  return `::error ${place.join(',')}::${data(text)}\n`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
