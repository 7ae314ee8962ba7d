/** Runs one chosen case. */
import { FlowdeckError } from '@flowdeck/engine';
import type { CaseReport } from '@flowdeck/testing';
import type { ChosenCase } from './choose.js';
import type { Subjects } from './subjects.js';

/** How cases are run. */
export interface CaseSettings {
  /** Milliseconds since 1970: answers of a real service from before then fail. Undefined: they do not age. */
  readonly recordedSince?: number | undefined;
  /** Everything that happened is kept, for coverage and pages; else only of cases that fail. */
  readonly isMeasured: boolean;
}

export async function runOne(
  { file, entry, line }: ChosenCase,
  subjects: Subjects,
  { recordedSince, isMeasured }: CaseSettings,
): Promise<CaseReport> {
  const { caseReport, runCase } = await import('@flowdeck/testing');
  const { suite, path } = file;
  try {
    const complete = entry.skip === undefined ? await subjects.complete(entry, path) : entry;
    const result = await runCase(suite, complete, subjects.adapter, {
      listening: 'heard',
      subjects: { document: (at) => subjects.deck(at) },
      ...(recordedSince === undefined ? {} : { recordedSince }),
    });
    const { run } = result;
    const isKept = isMeasured || run === undefined || result.status === 'failed';
    const told = caseReport(isKept ? result : { ...result, run: { ...run, events: [] } });
    return { ...told, line, ...(complete.subject === undefined ? {} : { subject: complete.subject }) };
  } catch (error) {
    // A file that a case names is not there, or does not fit: that fails the case, and no other.
    if (!(error instanceof FlowdeckError)) throw error;
    const { code, message, hint } = error;
    const failure = { where: 'case', code, message, ...(hint === undefined ? {} : { hint }) };
    const { id, proves = null, source = null } = entry;
    const told: CaseReport = { suite: suite.suite, id, proves, source, status: 'failed', failures: [failure], line };
    return told;
  }
}
