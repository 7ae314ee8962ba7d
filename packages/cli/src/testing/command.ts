/** Runs tests as their options say, and tells what did not come as expected. */
import type { TestReport } from '@flowdeck/testing';
import type { Arguments } from '../arguments.js';
import { type FileDiagnostic, UsageError } from '../errors.js';
import { EXIT } from '../exit.js';
import { count } from '../output/text.js';
import type { Io } from '../system/io.js';
import { chooseCases } from './choose.js';
import { findTestFiles, readTestFiles } from './files.js';
import { initTests } from './init.js';
import { checkRecording, recordCases } from './record.js';
import { runChosen } from './run.js';
import { openSubjects } from './subjects.js';
import { tellTests } from './tell.js';
import { readThreads, threadsFor } from './threads.js';
import { belowThresholds, readThresholds, type Thresholds } from './thresholds.js';
import { refuseInCi, updateFiles } from './update.js';
import { runAndWatch, type WatchedRun } from './watch.js';

/** What has to be sound before its tests are run, and the files that it is read from. */
export interface Checked {
  readonly faults: readonly FileDiagnostic[];
  readonly paths: readonly string[];
}

/** @param check Looks at what the tests are about, before each run of them: they are not run while it finds errors. */
export async function testChecked(check: () => Promise<Checked>, args: Arguments, io: Io): Promise<number> {
  if (args.has('init')) return initTests(args, io);
  if (args.has('update')) refuseInCi(io);
  checkRecording(args, io);
  const settings: Settings = {
    recordedSince: readAge(args.value('max-age')),
    thresholds: readThresholds(args.value('coverage')),
    threads: readThreads(args.value('workers')),
  };
  const once = async () => {
    const checked = await check();
    return runTests(settings, checked, args, io);
  };
  return args.has('watch') ? runAndWatch(once, io) : (await once()).exit;
}

/** Options that were read. */
interface Settings {
  readonly recordedSince: number | undefined;
  /** Null: coverage is not asked for. */
  readonly thresholds: Thresholds | null;
  /** Null: as many as pay. */
  readonly threads: number | null;
}

async function runTests(
  { recordedSince, thresholds, threads }: Settings,
  checked: Checked,
  args: Arguments,
  io: Io,
): Promise<WatchedRun> {
  const operands = args.operands.length === 0 ? ['.'] : args.operands;
  const wrong = checked.faults.filter(({ severity }) => severity === 'error');
  const paths = wrong.length > 0 ? [] : findTestFiles(operands, io);
  let { files, faults } = wrong.length > 0 ? { files: [], faults: wrong } : await readTestFiles(paths, io);
  let cases = chooseCases(files, args, io);
  if (cases.length === 0 && faults.length === 0) {
    throw new UsageError('no-tests', 'No case is left to run.', { hint: 'Look at --filter, --tag and --shard.' });
  }
  const subjects = await openSubjects(files, args.values('pack'), io);
  const watched = [...paths, ...subjects.paths, ...checked.paths];
  if (args.has('record')) {
    if ((await recordCases({ cases, subjects, args, io })) > 0) return { exit: EXIT.failed, paths: watched };
    // What was written is run: a recording that does not repeat the run is worth nothing.
    ({ files, faults } = await readTestFiles(paths, io));
    cases = chooseCases(files, args, io);
  }
  const isMeasured = thresholds !== null || args.has('report') || args.has('lcov');
  const { suites, coverage } = await runChosen({
    cases,
    subjects,
    settings: { recordedSince, isMeasured },
    bail: args.has('bail'),
    threads: threadsFor(threads, cases.length),
    packs: args.values('pack'),
    io,
  });
  const { testReport } = await import('@flowdeck/testing');
  const report = testReport({ suites, faults, coverage: isMeasured ? await coverage() : null });
  const below = report.coverage === null ? [] : belowThresholds(report.coverage, thresholds ?? {});
  await tellTests(report, { below, cases, subjects, args, io });
  if (args.has('update')) {
    const updated = await updateFiles(files, suites, io);
    const left = report.totals.failed - updated;
    const why = left === 0 ? '' : `; ${count(left, 'case')} left: mend first what is told of the mocks and names`;
    io.stderr.write(`updated: ${count(updated, 'case')}${why}\n`);
    if (left === 0 && report.totals.faulty === 0) return { exit: EXIT.ok, paths: watched };
  }
  return { exit: exitOf(report, below.length > 0, io), paths: watched };
}

function exitOf({ status, totals }: TestReport, isBelow: boolean, { signal }: Io): number {
  if (signal.aborted) return EXIT.cutOff;
  if (totals.faulty > 0) return EXIT.document;
  return status === 'failed' || isBelow ? EXIT.failed : EXIT.ok;
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
