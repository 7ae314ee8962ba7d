/** Runs of a runtime. */
import { FlowdeckError, type RunSummary, type RuntimeClient } from '@flowdeck/engine';
import { encodeValue } from '@flowdeck/engine/kit';
import type { Arguments } from '../arguments.js';
import { UsageError } from '../errors.js';
import { runtimeAt } from '../runtimes/place.js';
import type { Io } from '../system/io.js';
import { recordsIn } from './host-runs.js';
import type { RunInfo, RunSource } from './types.js';

/** So many of the newest are looked through. */
const NEWEST = 1_000;

export async function runtimeRuns(args: Arguments, io: Io): Promise<RunSource> {
  const client = await runtimeAt(args.value('runtime') ?? '', io).client(args);
  return {
    async list(flow) {
      const found = await client.list(NEWEST);
      return found.filter((run) => flow === undefined || run.flow === flow).map(runInfo);
    },
    async find(runId) {
      const found = await client.show(runId);
      return found === null ? null : { ...runInfo(found), error: await errorOf(found, client) };
    },
    async recorded(runId) {
      if ((await client.show(runId)) === null) return null;
      throw new UsageError(
        'run-unrecorded',
        'A runtime keeps what its runs need to go on, and not what their cards did.',
        {
          hint: 'Hosts keep histories: flowdeck serve. A run of this process writes its own: flowdeck run --report FILE.html.',
        },
      );
    },
    cancel: (runId) => isKnown(() => client.cancel(runId)),
    signal: (runId, name, value) => isKnown(() => client.signal(runId, name, encodeValue(value))),
    close: () => client.close(),
  };
}

async function isKnown(act: () => Promise<void>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    if (error instanceof FlowdeckError && error.code === 'run-unknown') return false;
    throw error;
  }
}

function runInfo({ runId, flow, startedAt, status }: RunSummary): RunInfo {
  return {
    runId,
    flow,
    trigger: null,
    startedAt: startedAt === null ? null : new Date(startedAt).toISOString(),
    status,
    durationMs: null,
    error: null,
  };
}

/** Only an end tells it. */
async function errorOf({ runId, status }: RunSummary, client: RuntimeClient): Promise<RunInfo['error']> {
  if (status !== 'error' && status !== 'cancelled') return null;
  const [error] = recordsIn([(await client.end(runId)).error]);
  return error === undefined ? null : { code: String(error['code']), message: String(error['message']) };
}
