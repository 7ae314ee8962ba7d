/** Runs the chosen cases, in as many threads as pay; what is told of them does not depend on how many. */
import type { CaseReport, CaseRun, Coverage, SuiteReport } from '@flowdeck/testing';
import type { Io } from '../system/io.js';
import type { ChosenCase } from './choose.js';
import { type CaseSettings, runOne } from './one-case.js';
import type { Subjects } from './subjects.js';
import { Work } from './work.js';
import { startWorkers } from './workers.js';

export interface CasesRun {
  readonly suites: readonly SuiteReport[];
  /** What was gone through of every subject. */
  coverage(): Promise<Coverage>;
}

export interface RunCasesRequest {
  readonly cases: readonly ChosenCase[];
  readonly subjects: Subjects;
  readonly settings: CaseSettings;
  /** Ends after the first case that fails. */
  readonly bail: boolean;
  /** Threads, this one included. */
  readonly threads: number;
  /** Packs that were asked for. */
  readonly packs: readonly string[];
  readonly io: Io;
}

export async function runChosen(request: RunCasesRequest): Promise<CasesRun> {
  const { cases, subjects, bail } = request;
  const reports = await reportsOf(request);
  const last = bail ? reports.findIndex((report) => report?.status === 'failed') : -1;
  const suites = new Map<string, { suite: string; file: string; cases: CaseReport[] }>();
  const runs = new Map<string, CaseRun[]>();
  for (const [place, { file }] of cases.entries()) {
    const report = reports[place];
    // Interrupted: the others were not run.
    if (report === undefined) continue;
    const known = suites.get(file.path) ?? { suite: file.suite.suite, file: file.path, cases: [] };
    suites.set(file.path, known);
    known.cases.push(report);
    if (report.subject !== undefined && report.run !== undefined) {
      const of = runs.get(report.subject) ?? [];
      runs.set(report.subject, of);
      of.push(report.run);
    }
    if (place === last) break;
  }
  return { suites: [...suites.values()], coverage: () => coverage(subjects, runs) };
}

/** By place of the case. */
async function reportsOf({ cases, subjects, settings, bail, threads, packs, io }: RunCasesRequest) {
  const { work, memory } = Work.of(cases.length);
  const reports: CaseReport[] = [];
  const stop = () => work.endAt(0);
  io.signal.addEventListener('abort', stop);
  try {
    const workers = startWorkers(threads - 1, { cases, memory, settings, bail, packs, io }, reports);
    for (let place = work.take(); place !== null; place = work.take()) {
      // The place is one of these.
      const report = await runOne(cases[place] as ChosenCase, subjects, settings);
      reports[place] = report;
      if (bail && report.status === 'failed') work.endAt(place + 1);
      await nextTurn();
    }
    const why = await workers.ended;
    return why === null ? reports : withLost(cases.slice(0, work.end), reports, why);
  } finally {
    io.signal.removeEventListener('abort', stop);
  }
}

/** Interrupts and threads are heard between two cases. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** What a thread took and did not tell of has failed. */
function withLost(cases: readonly ChosenCase[], reports: readonly CaseReport[], why: string): readonly CaseReport[] {
  return cases.map((chosen, place) => reports[place] ?? lost(chosen, why));
}

function lost({ file, entry, line }: ChosenCase, why: string): CaseReport {
  const { id, proves = null, source = null } = entry;
  const failures = [{ where: 'engine', message: `The thread that ran it ended: ${why}` }];
  return { suite: file.suite.suite, id, proves, source, status: 'failed', failures, line };
}

async function coverage(subjects: Subjects, runs: ReadonlyMap<string, readonly CaseRun[]>): Promise<Coverage> {
  const { coverageOf } = await import('@flowdeck/testing');
  const types = new Map(subjects.packs.flatMap((pack) => (pack.cards ?? []).map((card) => [card.id, card] as const)));
  const decks = subjects.decks.map(([subject, document]) => ({ subject, document, runs: runs.get(subject) ?? [] }));
  return coverageOf(decks, types);
}
