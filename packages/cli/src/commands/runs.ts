/** `flowdeck runs`: what is under way elsewhere, and what has ended; ends runs, and lets paused ones go on. */
import type { JsonData } from '@flowdeck/engine';
import type { Arguments } from '../arguments.js';
import type { Command } from '../command.js';
import { knownCards } from '../engine/engine.js';
import { UsageError } from '../errors.js';
import { EXIT } from '../exit.js';
import { paletteFor } from '../output/colour.js';
import { duration, plain, prettyJson } from '../output/text.js';
import { openRuns } from '../runs/source.js';
import type { RunInfo, RunSource } from '../runs/types.js';
import { writeText } from '../system/files.js';
import type { Io } from '../system/io.js';
import { actionOf, type CommandAction } from './actions.js';

type Work = (source: RunSource, operands: readonly string[], args: Arguments, io: Io) => Promise<number>;

const RUN_ACTIONS: Readonly<Record<string, CommandAction>> = {
  list: on([], listRuns),
  show: on(['RUN'], showRun),
  cancel: on(['RUN'], cancelRun),
  signal: on(['RUN'], signalRun),
};

export const runs: Command = (args, io) => {
  const { action, operands } = actionOf('runs', RUN_ACTIONS, args);
  return action.act(operands, args, io);
};

function on(takes: readonly string[], work: Work): CommandAction {
  return {
    takes,
    async act(operands, args, io) {
      const source = await openRuns(args, io);
      try {
        return await work(source, operands, args, io);
      } finally {
        await source.close();
      }
    },
  };
}

async function listRuns(source: RunSource, _: readonly string[], args: Arguments, io: Io): Promise<number> {
  const found = await source.list(args.value('flow'));
  if (args.has('json')) io.stdout.write(`${prettyJson({ ok: true, runs: found })}\n`);
  else for (const run of found) io.stdout.write(`${runLine(run, io)}\n`);
  if (found.length === 0 && !args.has('json')) io.stderr.write('There are no runs.\n');
  return EXIT.ok;
}

async function showRun(source: RunSource, [runId = '']: readonly string[], args: Arguments, io: Io): Promise<number> {
  const path = args.value('report');
  if (path !== undefined) await writeReport(source, runId, path, io);
  const run = await source.find(runId);
  if (run === null) throw unknownRun(runId);
  if (args.has('json')) {
    io.stdout.write(`${prettyJson({ ok: true, run })}\n`);
    return EXIT.ok;
  }
  io.stdout.write(`${runLine(run, io)}\n`);
  if (run.trigger !== null) io.stdout.write(`  started by ${plain(run.trigger)}\n`);
  if (run.error !== null) io.stdout.write(`  ${plain(run.error.message)} [${plain(run.error.code)}]\n`);
  return EXIT.ok;
}

async function writeReport(source: RunSource, runId: string, path: string, io: Io): Promise<void> {
  const recorded = await source.recorded(runId);
  if (recorded === null) throw unknownRun(runId);
  const { reportOf } = await import('@flowdeck/view');
  const cards = new Map((await knownCards([], io)).map((card) => [card.id, card]));
  writeText(path, await reportOf({ ...recorded, card: (id) => cards.get(id) }), io);
  io.stderr.write(`report: ${path}\n`);
}

/** What a run is said to be before its end. */
const UNDER_WAY: ReadonlySet<string> = new Set(['waiting', 'running']);

async function cancelRun(source: RunSource, [runId = '']: readonly string[], args: Arguments, io: Io): Promise<number> {
  const run = await source.find(runId);
  if (run !== null && !UNDER_WAY.has(run.status))
    return tellDone(runId, `has ended already: ${plain(run.status)}`, args, io);
  if (!(await source.cancel(runId))) throw unknownRun(runId);
  return tellDone(runId, 'is being cancelled', args, io);
}

async function signalRun(source: RunSource, [runId = '']: readonly string[], args: Arguments, io: Io): Promise<number> {
  const name = args.value('name') ?? 'resume';
  if (!(await source.signal(runId, name, signalValue(args.value('value'))))) throw unknownRun(runId);
  return tellDone(runId, `was told "${plain(name)}"`, args, io);
}

function tellDone(runId: string, what: string, args: Arguments, io: Io): number {
  io.stdout.write(args.has('json') ? `${prettyJson({ ok: true, runId })}\n` : `${plain(runId)} ${what}\n`);
  return EXIT.ok;
}

function signalValue(text: string | undefined): JsonData {
  if (text === undefined) return {};
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UsageError('host-option', `--value ${JSON.stringify(text)} is no JSON.`, {
      hint: 'Write it in quotes of the shell: \'{"approved": true}\'',
      cause,
    });
  }
}

function runLine({ runId, flow, startedAt, status, durationMs }: RunInfo, io: Io): string {
  const { dim, red } = paletteFor(io.stdout, io.env);
  const how = status === 'error' ? red(status) : status;
  const took = durationMs === null ? '' : dim(` in ${duration(durationMs)}`);
  return [plain(runId), plain(flow ?? '-'), dim(startedAt ?? '-'), `${how}${took}`].join('  ');
}

function unknownRun(runId: string): UsageError {
  return new UsageError('run-absent', `There is no run ${JSON.stringify(runId)} that could be told.`, {
    hint: 'Runs under way and the last that ended: flowdeck runs list',
  });
}
