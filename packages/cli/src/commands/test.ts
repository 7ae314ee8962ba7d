/** `flowdeck test`: runs tests of flows, and says what did not come as expected. */
import type { Coverage, TestReport } from '@flowdeck/testing';
import type { Arguments } from '../arguments.js';
import type { Command } from '../command.js';
import { UsageError } from '../errors.js';
import { EXIT } from '../exit.js';
import { paletteFor } from '../output/colour.js';
import { diagnosticData } from '../output/diagnostics.js';
import { count, prettyJson } from '../output/text.js';
import { writeText } from '../system/files.js';
import type { Io } from '../system/io.js';
import { chooseCases } from '../testing/choose.js';
import { findTestFiles, readTestFiles } from '../testing/files.js';
import { initTests } from '../testing/init.js';
import { checkRecording, recordCases } from '../testing/record.js';
import { runChosen } from '../testing/run.js';
import { openSubjects } from '../testing/subjects.js';
import { faultsText, percentOf, reportText } from '../testing/text.js';
import { refuseInCi, updateFiles } from '../testing/update.js';

export const test: Command = async (args, io) => {
  if (args.has('init')) return initTests(args, io);
  if (args.has('update')) refuseInCi(io);
  checkRecording(args, io);
  const recordedSince = readAge(args.value('max-age'));
  const thresholds = readThresholds(args.value('coverage'));
  const paths = findTestFiles(args.operands.length === 0 ? ['.'] : args.operands, io);
  let { files, faults } = await readTestFiles(paths, io);
  let cases = chooseCases(files, args, io);
  if (cases.length === 0 && faults.length === 0) {
    throw new UsageError('no-tests', 'No case is left to run.', { hint: 'Look at --filter, --tag and --shard.' });
  }
  const subjects = await openSubjects(files, args.values('pack'), io);
  if (args.has('record')) {
    if ((await recordCases({ cases, subjects, args, io })) > 0) return EXIT.failed;
    // What was written is run: a recording that does not repeat the run is worth nothing.
    ({ files, faults } = await readTestFiles(paths, io));
    cases = chooseCases(files, args, io);
  }
  const { suites, coverage } = await runChosen({
    cases,
    subjects,
    bail: args.has('bail'),
    signal: io.signal,
    recordedSince,
  });
  const { testReport } = await import('@flowdeck/testing');
  const report = testReport({ suites, faults, coverage: thresholds === null ? null : await coverage() });
  const tooLow = report.coverage === null ? [] : belowThresholds(report.coverage, thresholds ?? {});
  await tell(report, tooLow, args, io);
  if (args.has('update')) {
    const updated = await updateFiles(files, suites, io);
    io.stderr.write(`updated: ${count(updated, 'case')}\n`);
    if (updated === report.totals.failed && report.totals.faulty === 0) return EXIT.ok;
  }
  if (io.signal.aborted) return EXIT.cutOff;
  if (report.totals.faulty > 0) return EXIT.document;
  return report.status === 'failed' || tooLow.length > 0 ? EXIT.failed : EXIT.ok;
};

async function tell(report: TestReport, tooLow: readonly string[], args: Arguments, io: Io): Promise<void> {
  const { failureLines, githubAnnotations, junitXml, tapText } = await import('@flowdeck/testing');
  const junit = args.value('junit');
  if (junit !== undefined) writeText(junit, junitXml(report), io);
  const isAnnotated = io.env['GITHUB_ACTIONS'] === 'true';
  if (!args.has('json')) io.stderr.write(faultsText(report.faults, paletteFor(io.stderr, io.env)));
  if (args.has('json')) io.stdout.write(`${prettyJson(reportData(report, tooLow))}\n`);
  else if (args.has('tap')) io.stdout.write(tapText(report));
  else {
    io.stdout.write(reportText(report, { failureLines }, paletteFor(io.stdout, io.env)));
    for (const line of tooLow) io.stdout.write(`${paletteFor(io.stdout, io.env).red(line)}\n`);
    if (isAnnotated) io.stdout.write(githubAnnotations(report));
  }
}

/** What happened event by event is for pages and programs that ask the library. */
function reportData({ status, totals, suites, faults, coverage }: TestReport, tooLow: readonly string[]) {
  return {
    status: tooLow.length > 0 ? 'failed' : status,
    totals,
    suites: suites.map((suite) => ({
      ...suite,
      cases: suite.cases.map(({ run, ...each }) => {
        if (run === undefined) return each;
        const { observed, caught, flow } = run;
        const { steps, durationMs, border } = observed;
        return {
          ...each,
          run: { flow, status: observed.status, steps, durationMs, effects: border?.effects ?? [], caught },
        };
      }),
    })),
    diagnostics: faults.map((fault) => diagnosticData({ ...fault, file: fault.file ?? '' })),
    coverage: coverage === null ? null : { ...coverage, below: tooLow },
  };
}

const DAY_MS = 86_400_000;

/** The moment so many days ago; undefined: nothing was given. @throws UsageError `test-option`. */
function readAge(written: string | undefined): number | undefined {
  if (written === undefined) return undefined;
  const [, days] = /^(\d{1,5})d$/.exec(written) ?? [];
  if (days !== undefined) return Date.now() - Number(days) * DAY_MS;
  throw new UsageError('test-option', `--max-age ${JSON.stringify(written)} is no number of days.`, {
    hint: 'Write --max-age 90d.',
  });
}

const MEASURES = ['cards', 'branches', 'errors'] as const;
type Thresholds = { readonly [M in (typeof MEASURES)[number]]?: number };

/** Null: coverage is not asked for. @throws UsageError `test-option`. */
function readThresholds(written: string | undefined): Thresholds | null {
  if (written === undefined) return null;
  const entries = written.split(',').map((part) => {
    const [, name = '', percent = ''] = /^(\w+)=(\d{1,3})$/.exec(part.trim()) ?? [];
    const measure = MEASURES.find((each) => each === name);
    if (measure !== undefined && Number(percent) <= 100) return [measure, Number(percent)] as const;
    throw new UsageError('test-option', `--coverage ${JSON.stringify(written)} is not understood.`, {
      hint: 'Write --coverage cards=90,branches=80,errors=50, in percent; cards=0 only measures.',
    });
  });
  return Object.fromEntries(entries);
}

function belowThresholds(coverage: Coverage, thresholds: Thresholds): readonly string[] {
  return MEASURES.flatMap((measure) => {
    const least = thresholds[measure] ?? 0;
    const reached = percentOf(coverage[measure]);
    return reached >= least ? [] : [`coverage of ${measure} is ${Math.floor(reached)} %, below ${least} %`];
  });
}
