/** Runs of a host that runs. */
import type { Arguments } from '../arguments.js';
import { hostClient, type JsonRecord } from '../hosts/client.js';
import type { Io } from '../system/io.js';
import type { RunInfo, RunSource } from './types.js';

export function hostRuns(args: Arguments, io: Io): RunSource {
  const host = hostClient(args, io);
  return {
    async list(flow) {
      const { body } = await host.ask('GET', ['runs'], flow === undefined ? {} : { query: { flow } });
      return recordsIn(body['runs']).map(runOf);
    },
    async find(runId) {
      const { status, body } = await host.ask('GET', ['runs', runId]);
      return status === 200 ? runOf(body) : null;
    },
    cancel: async (runId) => (await host.ask('POST', ['runs', runId, 'cancel'])).status === 202,
    signal: async (runId, name, value) =>
      (await host.ask('POST', ['runs', runId, 'signal'], { body: { name, value } })).status === 202,
    close: async () => {},
  };
}

/** The objects of a list. */
export function recordsIn(value: unknown): readonly JsonRecord[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'object' && each !== null) : [];
}

function runOf({ runId, flow, trigger, startedAt, status, durationMs, error }: JsonRecord): RunInfo {
  const [failure] = recordsIn([error]);
  return {
    runId: String(runId),
    flow: String(flow),
    trigger: typeof trigger === 'string' ? trigger : null,
    startedAt: new Date(Number(startedAt)).toISOString(),
    status: typeof status === 'string' ? status : 'running',
    durationMs: typeof durationMs === 'number' ? durationMs : null,
    error: failure === undefined ? null : { code: String(failure['code']), message: String(failure['message']) },
  };
}
