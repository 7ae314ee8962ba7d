/** `flowdeck run`: runs a flow, tells what happens, prints its outputs. */
import type { Connection, RunOptions, RunResult } from '@flowdeck/engine';
import type { RunRecord } from '@flowdeck/engine/kit';
import type { FileJournal } from '@flowdeck/host';
import type { Arguments } from '../arguments.js';
import { readConnections } from '../connections.js';
import { type OpenEngine, openEngine } from '../engine.js';
import { UsageError } from '../errors.js';
import { exitOfRun } from '../exit.js';
import { readInputs } from '../inputs.js';
import type { Io } from '../io.js';
import { findUnfinished, openJournal } from '../journal.js';
import { paletteFor } from '../output/colour.js';
import { traceText } from '../output/error.js';
import { findingText } from '../output/findings.js';
import { resultData, resultText } from '../output/result.js';
import { reportRun } from '../output/run-reporter.js';
import { prettyJson } from '../output/text.js';
import { pickFlow } from '../pick-flow.js';
import { readSeconds } from '../seconds.js';
import { runSimulated } from '../simulation/run.js';
import { type LoadedSource, loadSource, parseSource, readSource } from '../source.js';
import type { Command } from '../spec.js';
import { openTables } from '../tables.js';

export const run: Command = async (args, io) => {
  if (isSimulated(args)) return runSimulated(args, io);
  const timeoutMs = readSeconds(args.value('timeout'));
  const source = await readSource(args.operand, io);
  const connections = await readConnections(args.values('connection'), io);
  const dir = args.value('journal');
  const tables = args.has('table') ? await openTables(args.values('table'), parseSource(source), io) : null;
  const journal = dir === undefined ? null : await openJournal(dir, io);
  try {
    const opened = await openEngine(
      {
        packs: args.values('pack'),
        texts: source.map((file) => file.text),
        connections,
        allowHosts: args.values('allow-host'),
        ...(journal === null ? {} : { runtime: journal }),
        ...(tables === null ? {} : { tables }),
      },
      io,
    );
    try {
      const loaded = loadSource(source, opened.engine);
      return await execute({ args, io, opened, loaded, connections, journal, timeoutMs });
    } finally {
      await opened.close();
    }
  } finally {
    await journal?.shutdown();
  }
};

interface Execution {
  readonly args: Arguments;
  readonly io: Io;
  readonly opened: OpenEngine;
  readonly loaded: LoadedSource;
  readonly connections: ReadonlyMap<string, Connection>;
  readonly journal: FileJournal | null;
  readonly timeoutMs: number | undefined;
}

async function execute(execution: Execution): Promise<number> {
  const { args, io, opened, loaded, timeoutMs } = execution;
  const { deck } = loaded;
  const isJson = args.has('json');
  const isTraced = args.has('trace');
  const flow = pickFlow(deck.flows, args.value('flow'));
  const resumed = await findResumed(execution, flow.id);
  const options: RunOptions = {
    flow: flow.id,
    ...(resumed ? resume(resumed) : await readInputs(flow, inputSources(args), opened.files, io)),
    ...ownConnection(execution),
    ...(timeoutMs === undefined ? {} : { limits: { wallTimeMs: timeoutMs } }),
    signal: io.signal,
  };
  const isTold = !isJson || isTraced;
  if (isTold) warn(loaded, io);
  const reporter = isTold ? reportRun(io, { data: isTraced }) : null;
  if (reporter) opened.engine.on('*', reporter.hear);
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
  if (isJson) io.stdout.write(`${prettyJson(resultData(result, loaded))}\n`);
  else {
    io.stderr.write(resultText(result, loaded, paletteFor(io.stderr, io.env)));
    if (result.outputs !== null) io.stdout.write(`${prettyJson(resultData(result, loaded).outputs)}\n`);
  }
  if (isTraced && result.error) {
    io.stderr.write(traceText(result.error.cause));
  }
  return exitOfRun(result.status, result.error?.code ?? null);
}

/** Options that mean something only with `--simulate`, and those that mean nothing with it. */
const SIMULATION_ONLY = ['mock', 'seed', 'record'];
const NEVER_SIMULATED = ['connection', 'allow-host', 'journal'];

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

async function findResumed({ journal, loaded, args, io }: Execution, flow: string): Promise<RunRecord | null> {
  if (journal === null) return null;
  const record = await findUnfinished(journal, flow, loaded.deck.revision, io);
  if (record && (args.has('input') || args.has('inputs'))) {
    io.stderr.write('journal: the recorded inputs are used, not those of the command line\n');
  }
  return record;
}

function resume({ runId, startedAt, inputs, options }: RunRecord): RunOptions {
  // The engine wrote both as records of values by field name.
  return { runId, startedAt, inputs: inputs as Record<string, unknown>, options: options as Record<string, unknown> };
}

/** A flow of a connector runs with the connection that belongs to the connector. */
function ownConnection({ loaded, connections }: Execution): Pick<RunOptions, 'connection'> {
  const { document } = loaded.deck;
  if (!('flows' in document) || document.connector === undefined) return {};
  const { key } = document.connector;
  const own = [...connections].filter(([, connection]) => connection.connector === key).map(([name]) => name);
  return own.length === 1 && own[0] !== undefined ? { connection: own[0] } : {};
}

function warn({ findings }: LoadedSource, io: Io): void {
  const palette = paletteFor(io.stderr, io.env);
  for (const finding of findings) if (finding.severity === 'warning') io.stderr.write(findingText(finding, palette));
}
