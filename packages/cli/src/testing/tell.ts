/** Tells what came of tests: on the screen, and in the files that were asked for. */
import type { TestReport } from '@flowdeck/testing';
import { paletteFor } from '../output/colour.js';
import { diagnosticData } from '../output/diagnostics.js';
import { prettyJson } from '../output/text.js';
import { type TestPageParts, writeTestPage } from '../report/test-report.js';
import { writeText } from '../system/files.js';
import { faultsText, reportText } from './text.js';

/** @throws UsageError `file-unwritable`; FlowdeckError `report-secret`. */
export async function tellTests(report: TestReport, parts: TestPageParts): Promise<void> {
  const { below, args, io } = parts;
  await writeFiles(report, parts);
  if (!args.has('json')) io.stderr.write(faultsText(report.faults, paletteFor(io.stderr, io.env)));
  // Pages and editors measure without asking for a share.
  const told = args.has('coverage') ? report : { ...report, coverage: null };
  if (args.has('json')) io.stdout.write(`${prettyJson(reportData(told, below))}\n`);
  else await tellText(told, parts);
}

async function tellText(report: TestReport, { below, args, io }: TestPageParts): Promise<void> {
  const { failureLines, githubAnnotations, tapText } = await import('@flowdeck/testing');
  if (args.has('tap')) {
    io.stdout.write(tapText(report));
    return;
  }
  const palette = paletteFor(io.stdout, io.env);
  io.stdout.write(reportText(report, { failureLines }, palette));
  for (const line of below) io.stdout.write(`${palette.red(line)}\n`);
  if (io.env['GITHUB_ACTIONS'] === 'true') io.stdout.write(githubAnnotations(report));
}

async function writeFiles(report: TestReport, parts: TestPageParts): Promise<void> {
  const { args, io, subjects } = parts;
  const { junitXml, lcovText } = await import('@flowdeck/testing');
  const [junit, lcov, page] = [args.value('junit'), args.value('lcov'), args.value('report')];
  if (junit !== undefined) writeText(junit, junitXml(report), io);
  if (lcov !== undefined && report.coverage !== null) {
    writeText(
      lcov,
      lcovText(report.coverage, (subject, pointer) => subjects.placeOf(subject, pointer)),
      io,
    );
  }
  if (page !== undefined) await writeTestPage(page, report, parts);
}

/** What happened event by event is for pages and programs that ask the library. */
function reportData({ status, totals, suites, faults, coverage }: TestReport, below: readonly string[]) {
  return {
    status: below.length > 0 ? 'failed' : status,
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
    coverage:
      coverage === null ? null : { ...coverage, flows: coverage.flows.map(({ parts: _, ...flow }) => flow), below },
  };
}
