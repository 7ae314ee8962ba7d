/** Serves the runs of this process to others on this machine: a `RuntimeClient` over HTTP. */
import { type Clock, FlowdeckError, type RunStart, type RuntimeClient } from '@flowdeck/engine';
import type { HostCode } from '../codes.js';
import { bearerOf } from '../serve/api/access.js';
import { readBytes } from '../serve/body.js';
import { isSame } from '../serve/proof.js';
import { WAIT_MS } from './wire.js';

/** How runs are served. */
export interface RunsHandlerOptions {
  /** What callers prove themselves by, as `Authorization: Bearer`. */
  readonly token: string;
  /** Measures how long a caller waits for an end. */
  readonly clock: Clock;
  /** Bytes of a request's body. Default 10,485,760. */
  readonly maxBodyBytes?: number;
}

const MOST_BODY_BYTES = 10 * 1024 * 1024;

/**
 * A handler for `listen`. `remoteRuns` is the other side.
 *
 * @example
 * const server = await listen(createRunsHandler(runs, { token, clock: systemClock() }));
 */
export function createRunsHandler(
  runs: RuntimeClient,
  options: RunsHandlerOptions,
): (request: Request) => Promise<Response> {
  return async (request) => {
    if (!isSame(bearerOf(request.headers), options.token))
      return answer(401, { message: 'The token is missing or wrong.' });
    try {
      return await answerRuns(request, runs, options);
    } catch (error) {
      if (error instanceof FlowdeckError) return answer(refusalStatus(error.code), toldError(error));
      throw error;
    }
  };
}

async function answerRuns(request: Request, runs: RuntimeClient, options: RunsHandlerOptions): Promise<Response> {
  const url = new URL(request.url);
  const [room, id, act] = url.pathname.slice(1).split('/').map(decodeURIComponent);
  const what = `${request.method} ${room}${id === undefined ? '' : '/*'}${act === undefined ? '' : `/${act}`}`;
  switch (what) {
    case 'GET runs':
      return answer(200, await runs.list(Number(url.searchParams.get('limit') ?? 100)));
    case 'GET runs/*':
      return answer(200, await runs.show(id ?? ''));
    case 'PUT runs/*': {
      const start = await bodyOf(request, options);
      await runs.start({ ...start, runId: id ?? '' } as RunStart); // the engine checks what it is given
      return answer(202, null);
    }
    case 'GET runs/*/end':
      return waited(runs, id ?? '', options.clock);
    case 'POST runs/*/cancel':
      await runs.cancel(id ?? '');
      return answer(202, null);
    case 'POST signals/*': {
      const { name = '', value = null } = await bodyOf(request, options);
      await runs.signal(id ?? '', String(name), value as never); // parsed from JSON
      return answer(202, null);
    }
    default:
      return answer(404, { message: 'There is nothing at this address.' });
  }
}

/** The end, or nothing after a while: no connection is held for as long as a run may take. */
async function waited(runs: RuntimeClient, runId: string, clock: Clock): Promise<Response> {
  let stop = (): void => {};
  const later = new Promise<null>((resolve) => {
    stop = clock.after(WAIT_MS, () => resolve(null));
  });
  try {
    const end = await Promise.race([runs.end(runId), later]);
    return end === null ? answer(202, null) : answer(200, end);
  } finally {
    stop();
  }
}

async function bodyOf(request: Request, options: RunsHandlerOptions): Promise<Readonly<Record<string, unknown>>> {
  const { maxBodyBytes = MOST_BODY_BYTES } = options;
  const bytes = await readBytes(request, maxBodyBytes);
  if (bytes === null) throw badBody(`It has more than ${maxBodyBytes} bytes.`);
  try {
    const body: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return { ...body };
  } catch {
    // Said below.
  }
  throw badBody('It is no JSON object.');
}

function badBody(why: string): FlowdeckError {
  return new FlowdeckError<HostCode>('request-body', `The body of the request cannot be read: ${why}`);
}

function refusalStatus(code: string): number {
  if (code === 'run-ended') return 409;
  return code === 'run-unknown' ? 404 : 400;
}

function toldError({ code, message, hint }: FlowdeckError): object {
  return { code, message, ...(hint === undefined ? {} : { hint }) };
}

function answer(status: number, body: unknown): Response {
  return Response.json(body, { status });
}
