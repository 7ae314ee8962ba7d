/** What a run of test files came to, as data: the same for the same files, to the byte. */
import type { Diagnostic } from '@flowdeck/engine';
import type { CaseResult } from '../run/run-case.js';
import type { Coverage } from './coverage-types.js';

/** How many cases came to what, and how many files could not be read. */
export interface TestTotals {
  /** Cases that came to what they expect. */
  readonly passed: number;
  /** Cases that did not. */
  readonly failed: number;
  /** Cases that were not run, and say why. */
  readonly skipped: number;
  /** Files that could not be read. */
  readonly faulty: number;
}

/** One case, and what came of it. All of it is JSON; real time is left out. */
export type CaseReport = Omit<CaseResult, 'durationMs'> & {
  /** Line of the file in which the case begins, from 1. Absent: not known. */
  readonly line?: number;
  /** Path of what the case ran on, as coverage has it. Absent: it stands in the case itself, or is not known. */
  readonly subject?: string;
};

/** One file of cases. */
export interface SuiteReport {
  /** Its name. */
  readonly suite: string;
  /** Its path, as it was given. Null: it is no file. */
  readonly file: string | null;
  /** In the order of the file; those that a filter left out are not there. */
  readonly cases: readonly CaseReport[];
}

/** What a run of test files came to. */
export interface TestReport {
  /** `failed`: a case failed, a file could not be read, or coverage is below what was asked for. */
  readonly status: 'passed' | 'failed';
  /** Over all files. */
  readonly totals: TestTotals;
  /** In the order of their paths. */
  readonly suites: readonly SuiteReport[];
  /** What is wrong with the files that could not be read, each with its `file`. */
  readonly faults: readonly Diagnostic[];
  /** Null: it was not asked for. */
  readonly coverage: Coverage | null;
}
