/** Runs on Restate from outside, over the HTTP interfaces of its server. */
import {
  DEFAULT_LIMITS,
  type FlowdeckError,
  type JsonData,
  type RunEnd,
  type RunSeal,
  type RunStart,
  type RunSummary,
  type RuntimeClient,
} from '@flowdeck/engine';
import {
  closeSealed,
  closeStart,
  openSealed,
  runtimeAway,
  runtimeRefused,
  runUnknown,
  withinRecord,
} from '@flowdeck/engine/kit';
import { FLOW_CALL, FLOW_RUN, RUN_STATE } from './names.js';

/** Where the server is. */
export interface RestateClientOptions {
  /** Takes runs and signals, such as `http://localhost:8080`. */
  readonly ingress: string;
  /** Lists and cancels them, such as `http://localhost:9070`. */
  readonly admin: string;
  /** The seal of the workers. Default: none. */
  readonly seal?: RunSeal;
  /** Sent with each request, such as `authorization`. Default: none. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Starts runs on Restate, follows them and steps in.
 *
 * @example
 * const runs = restateClient({ ingress: 'http://localhost:8080', admin: 'http://localhost:9070' });
 * await runs.start({ runId: 'order-17', revision: deck.revision });
 */
export function restateClient(options: RestateClientOptions): RuntimeClient {
  return new RestateClient(options);
}

/** An answer of the server: its status, and its JSON or text. */
interface ServerAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** What the server's table of invocations tells. */
interface Invocation {
  readonly id: string;
  readonly target_service_key: string;
  readonly status: string;
  readonly created_at: string;
  readonly completion_result: string | null;
  readonly completion_failure: string | null;
}

class RestateClient implements RuntimeClient {
  readonly #options: RestateClientOptions;
  #open = new AbortController();

  constructor(options: RestateClientOptions) {
    this.#options = options;
  }

  async start(start: RunStart): Promise<void> {
    withinRecord(start, DEFAULT_LIMITS, { what: 'What the run starts with', at: { run: start.runId } });
    const { runId, ...run } = closeStart(this.#options.seal, start);
    for (let times = 1; ; times++) {
      const answer = await this.#ingress('POST', `/${FLOW_RUN}/${encodeURIComponent(runId)}/run/send`, run);
      if (answer.status < 300) return;
      // A worker that has just been made known is known to all of the server a moment later.
      if (answer.status !== 404 || times === KNOWN_TIMES) throw refused(answer, 'Restate');
      await new Promise((resolve) => setTimeout(resolve, KNOWN_MS));
    }
  }

  async end(runId: string): Promise<RunEnd> {
    for (;;) {
      // The server holds the request; a proxy or `fetch` itself may end it before the run ends.
      const answer = await this.#ingress('GET', `/restate/workflow/${FLOW_RUN}/${encodeURIComponent(runId)}/attach`);
      if (answer.status === 200) return openSealed(this.#options.seal, answer.body as RunEnd); // a worker made it
      if (answer.status === 408 || answer.status === 504) continue;
      return this.#failed(runId, answer);
    }
  }

  async list(limit: number): Promise<readonly RunSummary[]> {
    const rows = await this.#invocations(`target_service_name = '${FLOW_RUN}' AND target_handler_name = 'run'`, limit);
    return Promise.all(rows.map((row) => this.#summary(row)));
  }

  async show(runId: string): Promise<RunSummary | null> {
    const row = await this.#find(runId);
    return row === null ? null : this.#summary(row);
  }

  async cancel(runId: string): Promise<void> {
    if ((await this.#find(runId)) === null) throw runUnknown(runId);
    const key = text(runId);
    // The server ends what a run has called and waits for; what runs beside it, it takes for somebody else's.
    const rows = await this.#invocations(
      `target_handler_name = 'run' AND status <> 'completed' AND (target_service_name = '${FLOW_RUN}' AND ` +
        `target_service_key = ${key} OR target_service_name = '${FLOW_CALL}' AND starts_with(target_service_key, ${text(`${runId}/`)}))`,
      MOST_ROWS,
    );
    for (const { id } of rows) await this.#admin('PATCH', `/invocations/${id}/cancel`);
  }

  async signal(executionId: string, name: string, value: JsonData): Promise<void> {
    const [runId = ''] = executionId.split('/', 1);
    withinRecord(value, DEFAULT_LIMITS, { what: `The signal "${name}"`, at: { run: runId } });
    if ((await this.#find(runId)) === null) throw runUnknown(runId);
    const service = executionId === runId ? FLOW_RUN : FLOW_CALL;
    const path = `/${service}/${encodeURIComponent(executionId)}/signal`;
    const answer = await this.#ingress('POST', path, { name, value: closeSealed(this.#options.seal, value) });
    if (answer.status >= 300) throw refused(answer, 'Restate');
  }

  /** Ends what is being waited for. */
  async close(): Promise<void> {
    this.#open.abort();
    this.#open = new AbortController();
  }

  async #find(runId: string): Promise<Invocation | null> {
    const where = `target_service_name = '${FLOW_RUN}' AND target_handler_name = 'run' AND target_service_key = ${text(runId)}`;
    return (await this.#invocations(where, 1))[0] ?? null;
  }

  async #invocations(where: string, limit: number): Promise<readonly Invocation[]> {
    const query =
      'SELECT id, target_service_key, status, CAST(created_at AS VARCHAR) AS created_at, completion_result, completion_failure ' +
      `FROM sys_invocation WHERE ${where} ORDER BY created_at DESC LIMIT ${Math.max(1, Math.floor(limit))}`;
    const { status, body } = await this.#admin('POST', '/query', { query });
    if (status !== 200) throw refused({ status, body }, 'Restate');
    return (body as { readonly rows: readonly Invocation[] }).rows; // of the columns asked for
  }

  async #summary(row: Invocation): Promise<RunSummary> {
    const runId = row.target_service_key;
    return {
      runId,
      ...(await this.#begun(runId)),
      startedAt: Date.parse(`${row.created_at}Z`.replace(/ZZ$/, 'Z')),
      status: await this.#status(row),
    };
  }

  /** A run that no worker has taken yet tells nothing. */
  async #begun(runId: string): Promise<Pick<RunSummary, 'flow' | 'revision'>> {
    const query = `SELECT value_utf8 FROM state WHERE service_name = '${FLOW_RUN}' AND service_key = ${text(runId)} AND key = '${RUN_STATE}'`;
    const { body } = await this.#admin('POST', '/query', { query });
    const { rows } = body as { readonly rows: readonly { readonly value_utf8: string }[] }; // of the column asked for
    const [row] = rows;
    return row === undefined ? { flow: null, revision: null } : JSON.parse(row.value_utf8);
  }

  async #status({ status, completion_result, completion_failure, target_service_key }: Invocation) {
    if (status === 'backing-off' || status === 'paused' || status === 'scheduled' || status === 'pending')
      return 'waiting';
    if (status !== 'completed') return 'running';
    if (completion_result === 'failure') return isCancelled(completion_failure) ? 'cancelled' : 'error';
    const end = await this.end(target_service_key);
    return end.status === 'success' || end.status === 'stopped' || end.status === 'cancelled' ? end.status : 'error';
  }

  /** The invocation has failed: it was cancelled, or the engine refused the run. */
  #failed(runId: string, { status, body }: ServerAnswer): RunEnd {
    const message = messageOf(body);
    if (status === 404) throw runUnknown(runId);
    if (status === 409 || isCancelled(message)) {
      return { status: 'cancelled', outputs: null, error: { code: 'cancelled', message: 'The run was cancelled.' } };
    }
    if (status >= 500) throw runtimeAway('Restate', `${status} ${message}`);
    return { status: 'error', outputs: null, error: { code: 'run-refused', message } };
  }

  #ingress(method: string, path: string, body?: unknown): Promise<ServerAnswer> {
    return this.#ask(this.#options.ingress, method, path, body);
  }

  #admin(method: string, path: string, body?: unknown): Promise<ServerAnswer> {
    return this.#ask(this.#options.admin, method, path, body);
  }

  async #ask(base: string, method: string, path: string, body?: unknown): Promise<ServerAnswer> {
    const headers = { accept: 'application/json', 'content-type': 'application/json', ...this.#options.headers };
    try {
      const response = await fetch(new URL(path, base), {
        method,
        signal: this.#open.signal,
        headers: body === undefined ? { accept: headers.accept, ...this.#options.headers } : headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: parsed(await response.text()) };
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      // `fetch` gives a request up that is not answered for five minutes: the run may take longer.
      if (isPatienceOver(cause)) return { status: 408, body: null };
      throw runtimeAway(`Restate at ${base}`, cause);
    }
  }
}

/** How often a server that knows no worker is asked, and how many milliseconds lie between. */
const KNOWN_TIMES = 100;
const KNOWN_MS = 100;

/** Of one run, so many invocations are cancelled at a time. */
const MOST_ROWS = 100_000;

function isPatienceOver(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'UND_ERR_HEADERS_TIMEOUT';
}

/** A text in the server's SQL. */
function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

function isCancelled(message: string | null): boolean {
  return message !== null && /\b409\b|cancel/i.test(message);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

function messageOf(body: unknown): string {
  if (typeof body === 'object' && body !== null && 'message' in body) return String(body.message);
  return typeof body === 'string' ? body : JSON.stringify(body);
}

function refused({ status, body }: ServerAnswer, what: string): FlowdeckError {
  if (status === 401 || status === 403) return runtimeRefused(what, messageOf(body));
  return runtimeAway(what, `${status} ${messageOf(body)}`);
}
