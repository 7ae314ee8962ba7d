/** Runs of a host that runs. */
import { isPlainObject } from '@flowdeck/engine/kit';
import type { Arguments } from '../arguments.js';
import { UsageError } from '../errors.js';
import { hostClient, type JsonRecord } from '../hosts/client.js';
import type { Io } from '../system/io.js';
import type { RecordedRun, RunInfo, RunSource } from './types.js';

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
    async recorded(runId) {
      const { status, body } = await host.ask('GET', ['runs', runId, 'history']);
      if (status === 200 && isRecorded(body)) return body;
      if (body['code'] === 'run-unrecorded') throw unrecorded(runId);
      return null;
    },
    cancel: async (runId) => (await host.ask('POST', ['runs', runId, 'cancel'])).status === 202,
    signal: async (runId, name, value) =>
      (await host.ask('POST', ['runs', runId, 'signal'], { body: { name, value } })).status === 202,
    close: async () => {},
  };
}

/** What else is in it a host of Flowdeck has written, as the engine told it. */
function isRecorded(body: object): body is RecordedRun {
  const { history, document }: { readonly history?: unknown; readonly document?: unknown } = body;
  return isPlainObject(document) && isPlainObject(history) && isPlainObject(history['executions']);
}

function unrecorded(runId: string): UsageError {
  return new UsageError('run-unrecorded', `The host keeps no history of run ${JSON.stringify(runId)}.`, {
    hint: 'It keeps those of the runs that began last, as many as "flowdeck serve --histories N" says.',
  });
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
