/** `flowdeck run`: runs a flow, tells what happens, prints its outputs. */
import type { Connection, FlowFile, RunOptions, RunRecord, RunResult } from '@flowdeck/engine';
import { isDeck } from '@flowdeck/engine/kit';
import type { FileJournal } from '@flowdeck/host';
import type { Arguments } from '../arguments.js';
import type { Command } from '../command.js';
import { withStore } from '../connections/live.js';
import { type OpenEngine, openEngine } from '../engine/engine.js';
import { UsageError } from '../errors.js';
import { exitOfRun } from '../exit.js';
import { paletteFor } from '../output/colour.js';
import { diagnosticData, diagnosticText, leftOutText } from '../output/diagnostics.js';
import { traceText } from '../output/error.js';
import { resultData, resultText } from '../output/result.js';
import { reportRun } from '../output/run-reporter.js';
import { prettyJson } from '../output/text.js';
import { type LoadedProject, loadProject, loadRunnable, type RunnableProject } from '../project/load.js';
import { needsOf } from '../project/needs.js';
import type { Project } from '../project/project.js';
import { readProject } from '../project/read.js';
import { openReport, type RunReport } from '../report/run-report.js';
import { readConnections } from '../run/connections.js';
import { readInputs } from '../run/inputs.js';
import { findUnfinished, openJournal } from '../run/journal.js';
import { pickFlow } from '../run/pick-flow.js';
import { readSeconds } from '../run/seconds.js';
import { openTables } from '../run/tables.js';
import { adviseToSimulate } from '../simulation/advice.js';
import { runSimulated } from '../simulation/run.js';
import type { Io } from '../system/io.js';

export const run: Command = async (args, io) => {
  const elsewhere = args.value('runtime');
  if (elsewhere !== undefined) return (await import('../runtimes/run.js')).runElsewhere(elsewhere, args, io);
  refuseWithoutRuntime(args);
  if (isSimulated(args)) return runSimulated(args, io);
  const timeoutMs = readSeconds(args.value('timeout'));
  const project = await readProject(args.operand, io, args.values('pack'));
  const connections = await readConnections(args.values('connection'), io);
  const report = openReport(args, connections.values());
  const dir = args.value('journal');
  const journal = dir === undefined ? null : await openJournal(dir, io);
  try {
    const opened = await openEngineFor({ project, connections, journal, report, args, io });
    try {
      const load = (part: Project) => adviseToSimulate(part, () => loadProject(part, opened.engine));
      const runnable = await loadRunnable(project, args.value('flow'), load);
      return await execute({ args, io, opened, project, runnable, connections, journal, report, timeoutMs });
    } finally {
      await opened.close();
    }
  } finally {
    await journal?.shutdown();
  }
};

/** What a run is made from. */
interface Prepared {
  readonly args: Arguments;
  readonly io: Io;
  readonly project: Project;
  readonly connections: ReadonlyMap<string, Connection>;
  readonly journal: FileJournal | null;
  readonly report: RunReport | null;
}

async function openEngineFor({ project, connections, journal, report, args, io }: Prepared): Promise<OpenEngine> {
  const tables = args.has('table')
    ? await openTables(args.values('table'), args.value('table-charset'), (project.whole ?? project).document, io)
    : null;
  return openEngine(
    {
      packs: args.values('pack'),
      ...needsOf(project, connections.values()),
      connections: await withStore(connections, args, io, { project }),
      allowHosts: args.values('allow-host'),
      ...(journal === null ? {} : { runtime: journal }),
      ...(tables === null ? {} : { tables }),
      ...(report === null ? {} : { watchHttp: (port) => report.log.around(port) }),
    },
    io,
  );
}

interface Execution extends Prepared {
  readonly opened: OpenEngine;
  readonly runnable: RunnableProject<LoadedProject>;
  readonly timeoutMs: number | undefined;
}

async function execute(execution: Execution): Promise<number> {
  const { args, io, opened, runnable, report, timeoutMs } = execution;
  const { loaded, leftOut } = runnable;
  const { deck } = loaded;
  const isJson = args.has('json');
  const isTraced = args.has('trace');
  const flow = pickFlow(deck.flows, args.value('flow'));
  const resumed = await findResumed(execution, flow.id);
  const options: RunOptions = {
    flow: flow.id,
    ...(resumed ? resume(resumed) : await readInputs(flow, inputSources(args), opened.files, io)),
    ...ownConnection(deck.document, execution.connections, execution.args),
    ...(timeoutMs === undefined ? {} : { limits: { wallTimeMs: timeoutMs } }),
    signal: io.signal,
  };
  const isTold = !isJson || isTraced;
  if (isTold) warn(runnable, io);
  const reporter = isTold ? reportRun(io, { data: isTraced }) : null;
  if (reporter) opened.engine.on('*', reporter.hear);
  if (report) {
    report.hide(flow, options.inputs);
    opened.engine.on('*', (event) => report.hear(event));
  }
  const handle = opened.engine.start(deck, options);
  if (execution.journal && !resumed) {
    io.stderr.write(`journal: started run ${handle.runId}; values are stored in the clear\n`);
  }
  let result: RunResult;
  try {
    result = await handle.result;
  } finally {
    reporter?.end();
  }
  const data = resultData(result, loaded);
  if (isJson) io.stdout.write(`${prettyJson({ ...data, leftOut: leftOut.map(diagnosticData) })}\n`);
  else {
    io.stderr.write(resultText(result, loaded, paletteFor(io.stderr, io.env)));
    if (data.outputs !== null) io.stdout.write(`${prettyJson(data.outputs)}\n`);
  }
  if (isTraced && result.error) {
    io.stderr.write(traceText(result.error.cause));
  }
  await report?.write(result, report.log.exchanges, execution);
  return exitOfRun(result.status, result.error?.code ?? null);
}

/** Options that mean something only with `--simulate`, and those that mean nothing with it. */
const SIMULATION_ONLY = ['mock', 'seed', 'record', 'now', 'execution-time'];
const NEVER_SIMULATED = ['connection', 'allow-host', 'journal'];

/** Options that mean something only with `--runtime`. */
const RUNTIME_ONLY = ['run-id', 'detach'];

/** @throws UsageError `runtime-option` */
function refuseWithoutRuntime(args: Arguments): void {
  const name = RUNTIME_ONLY.find((each) => args.has(each));
  if (name === undefined) return;
  throw new UsageError('runtime-option', `--${name} is for runs that workers take.`, {
    hint: 'Say where they are with --runtime.',
  });
}

/** @throws UsageError `simulate-option` */
function isSimulated(args: Arguments): boolean {
  const simulated = args.has('simulate');
  for (const name of simulated ? NEVER_SIMULATED : SIMULATION_ONLY) {
    if (!args.has(name)) continue;
    const what = simulated ? 'does nothing in a simulation' : 'is for simulations';
    throw new UsageError('simulate-option', `--${name} ${what}.`, {
      hint: simulated ? 'A simulation reaches nothing and keeps nothing: leave it out.' : 'Add --simulate.',
    });
  }
  return simulated;
}

function inputSources(args: Arguments) {
  return { pairs: args.values('input'), file: args.value('inputs') };
}

async function findResumed({ journal, runnable, args, io }: Execution, flow: string): Promise<RunRecord | null> {
  if (journal === null) return null;
  const record = await findUnfinished(journal, flow, runnable.loaded.deck.revision, io);
  if (record && (args.has('input') || args.has('inputs'))) {
    io.stderr.write('journal: the recorded inputs are used, not those of the command line\n');
  }
  return record;
}

function resume({ runId, startedAt, inputs, options }: RunRecord): RunOptions {
  const byName = (values: unknown) => values as Record<string, unknown>; // as the engine wrote them
  return { runId, startedAt, inputs: byName(inputs), options: byName(options) };
}

/**
 * A flow of a connector runs with the connection that belongs to the connector: of several with that of its name, as from a store.
 *
 * @throws UsageError `connection-option`: which of several is meant cannot be told, and none of them would be silence.
 */
function ownConnection(
  document: FlowFile,
  connections: ReadonlyMap<string, Connection>,
  args: Arguments,
): Pick<RunOptions, 'connection'> {
  if (!isDeck(document) || document.connector === undefined) return {};
  const { key } = document.connector;
  const [own, ...more] = [...connections].filter(([, { connector }]) => connector === key).map(([name]) => name);
  if (own === undefined) return args.has('store') ? { connection: key } : {};
  if (more.length === 0) return { connection: own };
  if (connections.get(key)?.connector === key) return { connection: key };
  throw new UsageError(
    'connection-option',
    `${more.length + 1} connections of "${key}" are given, and the flow runs with one.`,
    {
      hint: `Name it as the connector: --connection ${key}=FILE.`,
    },
  );
}

function warn({ loaded, leftOut }: RunnableProject<LoadedProject>, io: Io): void {
  const palette = paletteFor(io.stderr, io.env);
  const warnings = loaded.diagnostics.filter(({ severity }) => severity === 'warning');
  for (const diagnostic of warnings) io.stderr.write(diagnosticText(diagnostic, palette));
  io.stderr.write(leftOutText(leftOut, palette));
}
