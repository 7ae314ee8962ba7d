/** Runs the chosen cases, one after the other. */
import { FlowdeckError } from '@flowdeck/engine';
import type { CaseReport, CaseRun, Coverage, SuiteReport } from '@flowdeck/testing';
import type { ChosenCase } from './choose.js';
import type { Subjects } from './subjects.js';

export interface CasesRun {
  readonly suites: readonly SuiteReport[];
  /** What was gone through of every subject. */
  coverage(): Promise<Coverage>;
}

export interface RunCasesRequest {
  readonly cases: readonly ChosenCase[];
  readonly subjects: Subjects;
  /** Ends after the first case that fails. */
  readonly bail: boolean;
  readonly signal: AbortSignal;
  /** Milliseconds since 1970: answers of a real service from before then fail. Undefined: they do not age. */
  readonly recordedSince?: number | undefined;
}

export async function runChosen(request: RunCasesRequest): Promise<CasesRun> {
  const { cases, subjects, bail, signal } = request;
  const suites = new Map<string, { suite: string; file: string; cases: CaseReport[] }>();
  const runs = new Map<string, CaseRun[]>();
  for (const chosen of cases) {
    const { path, suite } = chosen.file;
    const report = await runOne(chosen, request);
    const known = suites.get(path) ?? { suite: suite.suite, file: path, cases: [] };
    suites.set(path, known);
    known.cases.push(report);
    if (report.subject !== undefined && report.run !== undefined) {
      const of = runs.get(report.subject) ?? [];
      runs.set(report.subject, of);
      of.push(report.run);
    }
    if ((bail && report.status === 'failed') || signal.aborted) break;
  }
  return { suites: [...suites.values()], coverage: () => coverage(subjects, runs) };
}

async function runOne({ file, entry, line }: ChosenCase, request: RunCasesRequest): Promise<CaseReport> {
  const { caseReport, runCase } = await import('@flowdeck/testing');
  const { suite, path } = file;
  const { subjects, recordedSince } = request;
  try {
    const complete = entry.skip === undefined ? await subjects.complete(entry, path) : entry;
    const result = await runCase(suite, complete, subjects.adapter, {
      listening: 'heard',
      subjects: { document: (at) => subjects.deck(at) },
      ...(recordedSince === undefined ? {} : { recordedSince }),
    });
    return { ...caseReport(result), line, ...(complete.subject === undefined ? {} : { subject: complete.subject }) };
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

async function coverage(subjects: Subjects, runs: ReadonlyMap<string, readonly CaseRun[]>): Promise<Coverage> {
  const { coverageOf } = await import('@flowdeck/testing');
  const types = new Map(subjects.packs.flatMap((pack) => (pack.cards ?? []).map((card) => [card.id, card] as const)));
  const decks = subjects.decks.map(([subject, document]) => ({ subject, document, runs: runs.get(subject) ?? [] }));
  return coverageOf(decks, types);
}
