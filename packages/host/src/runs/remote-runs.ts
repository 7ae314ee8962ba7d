/** The runs of another process on this machine, over HTTP. */
import {
  FlowdeckError,
  type JsonData,
  type RunEnd,
  type RunStart,
  type RunSummary,
  type RuntimeClient,
} from '@flowdeck/engine';
import {
  isPlainObject,
  runtimeAway,
  runtimeDiffers,
  runtimeRefused,
  signalToSend,
  startToSend,
} from '@flowdeck/engine/kit';
import { PATHS } from './wire.js';

/** Where the runs are. */
export interface RemoteRunsOptions {
  /** Of the server with `createRunsHandler`, such as `http://127.0.0.1:4000`. */
  readonly url: string;
  /** The token that it was given. */
  readonly token: string;
}

/**
 * The other side of `createRunsHandler`.
 *
 * @example
 * const runs = remoteRuns({ url: 'http://127.0.0.1:4000', token });
 * await runs.cancel('order-17');
 */
export function remoteRuns({ url, token }: RemoteRunsOptions): RuntimeClient {
  const ask = async (method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    let response: Response;
    let text: string;
    try {
      response = await fetch(new URL(path, url), {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      text = await response.text();
    } catch (error) {
      throw runtimeAway(`The worker at ${url}`, causeOf(error));
    }
    const given = parsed(text);
    if (!response.ok) throw refused(response.status, given, url);
    if (given === undefined) throw runtimeDiffers(`The worker at ${url}`, 'it answers with what is no JSON');
    return { status: response.status, body: given };
  };
  return {
    async start(start: RunStart) {
      const { runId, ...run } = startToSend(start);
      await ask('PUT', PATHS.run(runId), run);
    },
    async end(runId) {
      for (;;) {
        const { status, body } = await ask('GET', PATHS.end(runId));
        if (status === 200) return body as RunEnd; // the other side is ours
      }
    },
    list: async (limit) => (await ask('GET', `${PATHS.runs}?limit=${limit}`)).body as readonly RunSummary[], // likewise
    show: async (runId) => (await ask('GET', PATHS.run(runId))).body as RunSummary | null, // likewise
    async cancel(runId) {
      await ask('POST', PATHS.cancel(runId));
    },
    async signal(executionId: string, name: string, value: JsonData) {
      const [runId = ''] = executionId.split('/', 1);
      await ask('POST', PATHS.signal(executionId), { name, value: signalToSend(runId, name, value) });
    },
    async close() {},
  };
}

/** `fetch` says "fetch failed", and why in its cause. */
function causeOf(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? error.cause : error;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refused(status: number, body: unknown, url: string): FlowdeckError {
  if (status === 401) return runtimeRefused(`The worker at ${url}`, 'the token is missing or wrong.');
  const { code, message, hint } = isPlainObject(body) ? body : {};
  if (typeof code !== 'string') return runtimeAway(`The worker at ${url}`, `it answers with status ${status}`);
  return new FlowdeckError(code as 'run-unknown', String(message), typeof hint === 'string' ? { hint } : {}); // as the other side said
}
