/** `flowdeck run --runtime`: starts a run where workers take it, and follows it to its end. */
import {
  type DataObject,
  FlowdeckError,
  type FlowInfo,
  type RunEnd,
  type RunStart,
  type RuntimeClient,
  systemClock,
} from '@flowdeck/engine';
import { decodeValue, fieldName, isPlainObject, toData } from '@flowdeck/engine/kit';
import type { Arguments } from '../arguments.js';
import { openEngine } from '../engine/engine.js';
import { UsageError } from '../errors.js';
import { EXIT, exitOfRun } from '../exit.js';
import { paletteFor } from '../output/colour.js';
import { plain, prettyJson } from '../output/text.js';
import { loadProject, loadRunnable } from '../project/load.js';
import { neededNamespaces } from '../project/needs.js';
import { readProject } from '../project/read.js';
import { type Given, readInputs } from '../run/inputs.js';
import { pickFlow } from '../run/pick-flow.js';
import { readSeconds } from '../run/seconds.js';
import { adviseToSimulate } from '../simulation/advice.js';
import { type Io, interrupted } from '../system/io.js';
import { quickIds } from '../system/ports.js';
import { runtimeAt } from './place.js';

/** What is of the process that runs the flow: the workers have it. */
const OF_WORKERS = [
  'connection',
  'store',
  'allow-host',
  'journal',
  'table',
  'report',
  'report-steps',
  'simulate',
] as const;

/** Milliseconds after which a run that nobody has taken is told of. */
const IDLE_MS = 2_000;
/** Milliseconds until a runtime that was away is asked again. */
const AGAIN_MS = 1_000;

export async function runElsewhere(address: string, args: Arguments, io: Io): Promise<number> {
  // Asked for at once: an interrupt ends the command, and not what it follows.
  const stopped = interrupted(io).then(() => null);
  const useless = OF_WORKERS.find((name) => args.has(name));
  if (useless !== undefined) throw ofWorkers(useless);
  const place = runtimeAt(address, io);
  const run = await readStart(args, io);
  const client = await place.client(args);
  const follower = new Follower(client, run, io);
  try {
    await client.start(run);
    if (args.has('detach')) {
      io.stdout.write(args.has('json') ? `${prettyJson({ ok: true, runId: run.runId })}\n` : `${plain(run.runId)}\n`);
      return EXIT.ok;
    }
    io.stderr.write(`run ${plain(run.runId)} is with ${plain(place.name)}\n`);
    const end = await Promise.race([follower.end(), stopped]);
    if (end === null) {
      io.stderr.write(`run ${plain(run.runId)} goes on; it is no longer followed\n`);
      return EXIT.cutOff;
    }
    return tellEnd(run.runId, end, args, io);
  } finally {
    follower.leave();
    await client.close();
  }
}

async function readStart(args: Arguments, io: Io): Promise<RunStart> {
  const timeoutMs = readSeconds(args.value('timeout'));
  const project = await readProject(args.operand, io, args.values('pack'));
  const opened = await openEngine({ packs: args.values('pack'), namespaces: neededNamespaces(project, []) }, io);
  try {
    // The whole deck: a part of it is another revision, which no worker has.
    const { loaded } = await loadRunnable(project, undefined, (part) =>
      adviseToSimulate(part, () => loadProject(part, opened.engine)),
    );
    const flow = pickFlow(loaded.deck.flows, args.value('flow'));
    const sources = { pairs: args.values('input'), file: args.value('inputs') };
    const given = await readInputs(flow, sources, opened.files, io);
    refuseFiles(flow, given);
    return {
      runId: readRunId(args.value('run-id')),
      revision: loaded.deck.revision,
      flow: flow.id,
      inputs: given.inputs as DataObject, // read from JSON and text; files were refused
      options: given.options as DataObject, // likewise
      ...(timeoutMs === undefined ? {} : { limits: { wallTimeMs: timeoutMs } }),
    };
  } finally {
    await opened.close();
  }
}

/** Follows a run: says when nobody takes it, and asks again when the runtime is away. */
class Follower {
  readonly #client: RuntimeClient;
  readonly #run: RunStart;
  readonly #io: Io;
  #isLeft = false;
  /** Takes the next look back. */
  #stop: () => void = () => {};

  constructor(client: RuntimeClient, run: RunStart, io: Io) {
    this.#client = client;
    this.#run = run;
    this.#io = io;
  }

  async end(): Promise<RunEnd> {
    this.#stop = systemClock().after(IDLE_MS, () => void this.#tellWhenIdle());
    let isAway = false;
    try {
      for (;;) {
        try {
          return await this.#client.end(this.#run.runId);
        } catch (error) {
          // A client that is closed is away, too.
          if (this.#isLeft || !(error instanceof FlowdeckError && error.code === 'runtime-away')) throw error;
          if (!isAway) this.#io.stderr.write(`${plain(error.message)}; it is asked again\n`);
          isAway = true;
          this.#stop();
          await new Promise<void>((done) => {
            this.#stop = systemClock().after(AGAIN_MS, done);
          });
        }
      }
    } finally {
      this.#stop();
    }
  }

  /** Nobody waits for the end any more. */
  leave(): void {
    this.#isLeft = true;
    this.#stop();
  }

  /** What it says is for a reader: where it cannot be asked, `end` says so. */
  async #tellWhenIdle(): Promise<void> {
    const { runId, revision } = this.#run;
    const found = await this.#client.show(runId).catch(() => null);
    if (found?.status !== 'waiting') return;
    this.#io.stderr.write(`run ${plain(runId)} waits for a worker that holds revision ${revision}: flowdeck work\n`);
  }
}

function tellEnd(runId: string, { status, outputs, error }: RunEnd, args: Arguments, io: Io): number {
  const failure = isPlainObject(error) ? error : null;
  const code = failure === null ? null : String(failure['code']);
  const told = outputs === null ? null : toData(decodeValue(outputs));
  if (args.has('json')) {
    io.stdout.write(`${prettyJson({ status, outputs: told, error: failure, runId })}\n`);
    return exitOfRun(status, code);
  }
  const palette = paletteFor(io.stderr, io.env);
  if (failure === null) io.stderr.write(`${palette.green(status)}\n`);
  else io.stderr.write(`${palette.red(status)}: ${plain(String(failure['message']))} ${palette.dim(`[${code}]`)}\n`);
  const hint = failure?.['hint'];
  if (typeof hint === 'string') io.stderr.write(`    ${palette.dim('hint:')} ${plain(hint)}\n`);
  if (told !== null) io.stdout.write(`${prettyJson(told)}\n`);
  return exitOfRun(status, code);
}

/** A file is kept by the process that read it, and no worker sees it. */
function refuseFiles(flow: FlowInfo, { inputs, options }: Given): void {
  const field = [...flow.inputs, ...flow.options].find(
    (each) => each.type === 'file' && (fieldName(each) in inputs || fieldName(each) in options),
  );
  if (field === undefined) return;
  throw new UsageError('runtime-option', `The input "${fieldName(field)}" is a file, which no worker could read.`, {
    at: { field: fieldName(field) },
    hint: 'Run the flow without --runtime, or let a card of the flow fetch the file.',
  });
}

function readRunId(given: string | undefined): string {
  if (given === undefined) return quickIds().run();
  if (given !== '' && !given.includes('/')) return given;
  throw new UsageError('runtime-option', `--run-id ${JSON.stringify(given)} cannot be the id of a run.`, {
    hint: 'Write one without "/", such as --run-id order-17.',
  });
}

function ofWorkers(name: string): UsageError {
  return new UsageError('runtime-option', `--${name} does nothing with --runtime.`, {
    hint: 'The flow is run by a worker: what it needs is given to "flowdeck work".',
  });
}
