/** `flowdeck run --simulate`: runs a flow without touching the world, and tells what it would have done. */
import { DocumentError, type FlowEvent, memoryFiles } from '@flowdeck/engine';
import type { SimulatedResult, Simulation } from '@flowdeck/testing';
import type { Arguments } from '../arguments.js';
import type { Command } from '../command.js';
import { FaultyDeck, type FileDiagnostic } from '../errors.js';
import { exitOfRun } from '../exit.js';
import { paletteFor } from '../output/colour.js';
import { diagnosticData, diagnosticText, leftOutText } from '../output/diagnostics.js';
import { traceText } from '../output/error.js';
import { resultData, resultText } from '../output/result.js';
import { type RunReporter, reportRun } from '../output/run-reporter.js';
import { prettyJson } from '../output/text.js';
import { type LoadedProject, loadedProject, loadRunnable, type RunnableProject } from '../project/load.js';
import { neededNamespaces } from '../project/needs.js';
import type { Project } from '../project/project.js';
import { readProject } from '../project/read.js';
import { exchangesOf, openReport, type RunReport } from '../report/run-report.js';
import { readInputs } from '../run/inputs.js';
import { readMoment } from '../run/moment.js';
import { pickFlow } from '../run/pick-flow.js';
import { readSeconds } from '../run/seconds.js';
import { openTables, rowsOf } from '../run/tables.js';
import { writeText } from '../system/files.js';
import type { Io } from '../system/io.js';
import { quickClock } from '../system/ports.js';
import { within } from '../system/within.js';
import { effectsText } from './effects.js';
import { type MocksRead, NO_MOCKS, readMocks } from './mocks.js';
import { prepareSimulation, type SimulationRequest } from './prepare.js';
import { recordingOf } from './record.js';

interface SimulatedProject extends LoadedProject {
  readonly simulation: Simulation;
}

export const runSimulated: Command = async (args, io) => {
  const timeoutMs = readSeconds(args.value('timeout'));
  const project = await readProject(args.operand, io, args.values('pack'));
  const files = memoryFiles(quickClock());
  const executionTime = readMoment('execution-time', args.value('execution-time'));
  const mock = args.value('mock');
  const mocks = mock === undefined ? NO_MOCKS : await readMocks(mock, io);
  const request = { ...(await readRequest(project, mocks, args, io)), files };
  const runnable = await loadRunnable(project, args.value('flow'), (part) => prepare(part, request, io));
  const { simulation, deck } = runnable.loaded;
  const flow = pickFlow(deck.flows, args.value('flow'));
  const given = await readInputs(flow, { pairs: args.values('input'), file: args.value('inputs') }, files, io);
  const report = openReport(args, []);
  report?.hide(flow, given.inputs);
  const isTold = !args.has('json') || args.has('trace');
  if (isTold) io.stderr.write(leftOutText(runnable.leftOut, paletteFor(io.stderr, io.env)));
  const reporter = isTold ? reportRun(io, { data: args.has('trace') }) : null;
  const run = (signal: AbortSignal) =>
    simulation.run({
      flow: flow.id,
      ...given,
      ...(executionTime === undefined ? {} : { executionTime }),
      signal,
      ...(reporter === null && report === null ? {} : { onEvent: (event) => heardBy(event, reporter, report) }),
    });
  let result: SimulatedResult;
  try {
    result = await (timeoutMs === undefined ? run(io.signal) : within(io.signal, timeoutMs, run));
  } finally {
    reporter?.end();
  }
  const record = args.value('record');
  if (record !== undefined) writeText(record, `${prettyJson(await recordingOf(result.effects))}\n`, io);
  const warnings = mocks.place([...simulation.misnamed, ...result.unused]);
  tellSimulated(result, warnings, runnable, args, io);
  await report?.write(result, exchangesOf(result.effects), { project, args, io });
  return exitOfRun(result.status, result.error?.code ?? null);
};

function heardBy(event: FlowEvent, reporter: RunReporter | null, report: RunReport | null): void {
  reporter?.hear(event);
  report?.hear(event);
}

async function readRequest(
  project: Project,
  { mocks }: MocksRead,
  args: Arguments,
  io: Io,
): Promise<SimulationRequest> {
  const { document } = project.whole ?? project;
  const now = readMoment('now', args.value('now'));
  const tables = args.has('table')
    ? await openTables(args.values('table'), args.value('table-charset'), document, io)
    : null;
  return {
    packs: args.values('pack'),
    namespaces: neededNamespaces(project),
    mocks,
    ...(now === undefined ? {} : { now }),
    seed: args.value('seed') ?? '',
    rows: tables === null ? {} : await rowsOf(tables, document),
  };
}

/** @throws FaultyDeck */
async function prepare(project: Project, request: SimulationRequest, io: Io): Promise<SimulatedProject> {
  const { deck } = project;
  try {
    const { simulation } = await prepareSimulation(deck, request, io);
    return { ...loadedProject(simulation.deck, project), simulation };
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    throw new FaultyDeck(project.place(error.diagnostics, deck));
  }
}

function tellSimulated(
  result: SimulatedResult,
  warnings: readonly FileDiagnostic[],
  { loaded, leftOut }: RunnableProject<LoadedProject>,
  args: Arguments,
  io: Io,
): void {
  const { effects } = result;
  const isTraced = args.has('trace');
  const data = resultData(result, loaded);
  if (args.has('json'))
    io.stdout.write(
      `${prettyJson({ ...data, leftOut: leftOut.map(diagnosticData), mocks: warnings.map(diagnosticData), effects })}\n`,
    );
  else {
    const palette = paletteFor(io.stderr, io.env);
    io.stderr.write(resultText(result, loaded, palette));
    for (const warning of warnings) io.stderr.write(diagnosticText(warning, palette));
    io.stderr.write(effectsText(effects, { palette, answers: isTraced }));
    if (data.outputs !== null) io.stdout.write(`${prettyJson(data.outputs)}\n`);
  }
  if (isTraced && result.error) io.stderr.write(traceText(result.error.cause));
}
