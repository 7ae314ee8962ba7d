/** Runs all cases of a suite. */

import type { Suite } from '../cases/types.js';
import type { Adapter } from './adapter.js';
import { type CaseResult, type RunCaseOptions, runCase } from './run-case.js';

/** Which cases are run, and how. */
export interface RunCasesOptions extends RunCaseOptions {
  /** Runs only cases whose `suite/id` contains this text. */
  readonly only?: string;
}

/**
 * Runs the cases of a suite one after the other, and gives each result as it comes.
 *
 * @example
 * for (const suite of loadSuites('builtin')) {
 *   for await (const result of runCases(suite, adapter)) console.log(result.suite, result.id, result.status);
 * }
 */
export async function* runCases(
  suite: Suite,
  adapter: Adapter,
  options: RunCasesOptions = {},
): AsyncGenerator<CaseResult> {
  const { only = '' } = options;
  for (const entry of suite.cases) {
    if (`${suite.suite}/${entry.id}`.includes(only)) yield await runCase(suite, entry, adapter, options);
  }
}
