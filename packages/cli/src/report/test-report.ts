/** `flowdeck test --report`: what came of the tests is written as a page. */
import { createHistory, type FlowEvent, type FlowFile } from '@flowdeck/engine';
import { createRedactor } from '@flowdeck/engine/kit';
import type { CaseReport, Coverage, Effect, Share, TestReport } from '@flowdeck/testing';
import type { ReportedCall, ReportedCoverage, ReportedTest } from '@flowdeck/view';
import type { Arguments } from '../arguments.js';
import { knownCards } from '../engine/engine.js';
import { writeText } from '../system/files.js';
import type { Io } from '../system/io.js';
import type { ChosenCase } from '../testing/choose.js';
import type { Subjects } from '../testing/subjects.js';
import { againLine } from '../testing/text.js';

/** What a page is made of, beside the report itself. */
export interface TestPageParts {
  /** What is below the thresholds of coverage. */
  readonly below: readonly string[];
  readonly cases: readonly ChosenCase[];
  readonly subjects: Subjects;
  readonly args: Arguments;
  readonly io: Io;
}

/** @throws UsageError `file-unwritable`; FlowdeckError `report-secret`. */
export async function writeTestPage(path: string, report: TestReport, parts: TestPageParts): Promise<void> {
  const { testsPage } = await import('@flowdeck/view');
  const { cases, subjects, args, io, below } = parts;
  const cards = new Map((await knownCards(args.values('pack'), io)).map((card) => [card.id, card]));
  const secrets = createRedactor();
  for (const { entry } of cases) for (const { auth = {} } of Object.values(entry.connections ?? {})) secrets.add(auth);
  const decks = new Map(subjects.decks);
  const page = await testsPage({
    tests: report.suites.flatMap(({ file, cases }) => cases.map((each) => reportedTest(each, file, decks))),
    faults: report.faults.map(
      ({ file, line, column, message }) => `${file ?? ''}:${line ?? 1}:${column ?? 1}: ${message}`,
    ),
    coverage: report.coverage === null ? null : reportedCoverage(report.coverage, decks),
    below,
    card: (id) => cards.get(id),
    secrets,
  });
  writeText(path, page, io);
  io.stderr.write(`report: ${path}\n`);
}

type Decks = ReadonlyMap<string, FlowFile>;

function reportedTest(report: CaseReport, file: string | null, decks: Decks): ReportedTest {
  const { suite, id, proves, status, reason, failures, line, run, subject } = report;
  const name = `${suite}/${id}`;
  const isWhole = status === 'failed' && run !== undefined;
  return {
    name,
    place: file === null ? null : line === undefined ? file : `${file}:${line}`,
    proves,
    status,
    ...(reason === undefined ? {} : { reason }),
    failures,
    ...(file === null ? {} : { again: againLine(file, name) }),
    history: isWhole ? historyOf(run.events) : null,
    document: isWhole && subject !== undefined ? (decks.get(subject) ?? null) : null,
    calls: (run?.observed.border?.effects ?? []).map(reportedCall),
  };
}

function historyOf(events: NonNullable<CaseReport['run']>['events']) {
  const history = createHistory();
  // A case keeps what the engine told, as JSON; events are JSON.
  for (const event of events) history.record(event as unknown as FlowEvent);
  return history.state();
}

function reportedCall({ kind, connector, action, flow, card, inputs, outputs, error }: Effect): ReportedCall {
  const name =
    kind === 'http' ? `${action} ${String(inputs['url'])}` : kind === 'card' ? `${connector}.${action}` : action;
  return {
    name,
    at: flow === null || card === null ? null : `${flow}/${card}`,
    inputs,
    outputs,
    error: error?.message ?? null,
  };
}

function reportedCoverage({ flows }: Coverage, decks: Decks): readonly ReportedCoverage[] {
  return flows.flatMap(({ subject, flow, cards, branches, errors, missing }) => {
    const document = decks.get(subject);
    if (document === undefined) return [];
    const shares = [words('cards', cards), words('branches', branches), words('error paths', errors)];
    return [{ subject, document, flow, shares, missing }];
  });
}

function words(what: string, { covered, total }: Share): string {
  return `${what} ${covered} of ${total}`;
}
