/** Runs on Restate from outside, over the HTTP interfaces of its server. */
import type { JsonData, RunEnd, RunSeal, RunStart, RunSummary, RuntimeClient } from '@flowdeck/engine';
import {
  closeSealed,
  closeStart,
  isPlainObject,
  openSealed,
  runOver,
  runtimeAway,
  runUnknown,
  signalToSend,
  startToSend,
} from '@flowdeck/engine/kit';
import { FLOW_CALL, FLOW_RUN, RUN_STATE } from './names.js';
import { askServer, has, messageOf, refused, type ServerAnswer } from './server.js';

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

/** What the server's table of invocations tells. */
interface Invocation {
  readonly id: string;
  readonly target_service_key: string;
  readonly status: string;
  readonly created_at: string;
  readonly completion_result: string | null;
  readonly completion_failure: string | null;
  /** Attempts since a worker was first asked, the present one included. */
  readonly retry_count: number | null;
}

class RestateClient implements RuntimeClient {
  readonly #options: RestateClientOptions;
  #open = new AbortController();

  constructor(options: RestateClientOptions) {
    this.#options = options;
  }

  async start(start: RunStart): Promise<void> {
    const { runId, ...run } = closeStart(this.#options.seal, startToSend(start));
    for (let times = 1; ; times++) {
      const answer = await this.#ingress('POST', `/${FLOW_RUN}/${encodeURIComponent(runId)}/run/send`, run);
      if (answer.status < 300 && has(answer.body, 'invocationId')) return;
      // A worker that has just been made known is known to all of the server a moment later.
      if (answer.status !== 404 || times === KNOWN_TIMES) throw refused(answer, 'Restate');
      await new Promise((resolve) => setTimeout(resolve, KNOWN_MS));
    }
  }

  async end(runId: string): Promise<RunEnd> {
    for (;;) {
      // The server holds the request; a proxy or `fetch` itself may end it before the run ends.
      const answer = await this.#ingress('GET', `/restate/workflow/${FLOW_RUN}/${encodeURIComponent(runId)}/attach`);
      const end = answer.status === 200 ? openSealed(this.#options.seal, answer.body) : null;
      if (has(end, 'status') && has(end, 'outputs')) return end as unknown as RunEnd; // a worker made it
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
    const told = new Set<string>();
    for (let looks = 0; looks < CANCEL_LOOKS; looks++) {
      const rows = await this.#underWay(runId);
      if (rows.length === 0) return;
      // What a worker has and never gave back ends by itself, when its effect is over.
      const isHeld = rows.every(
        ({ id, status, retry_count }) => told.has(id) && !UNTAKEN.has(status) && !((retry_count ?? 0) > 1),
      );
      if (isHeld && looks >= HELD_LOOKS) return;
      for (const { id, status } of rows) {
        // What no worker takes hears of no cancellation, and a worker may give back what it has just been told of.
        if (UNTAKEN.has(status)) await this.#admin('PATCH', `/invocations/${id}/kill`);
        else if (!told.has(id)) await this.#admin('PATCH', `/invocations/${id}/cancel`);
        told.add(id);
      }
      await new Promise((resolve) => setTimeout(resolve, KNOWN_MS));
    }
  }

  async signal(executionId: string, name: string, value: JsonData): Promise<void> {
    const [runId = ''] = executionId.split('/', 1);
    const sent = { name, value: closeSealed(this.#options.seal, signalToSend(runId, name, value)) };
    const run = await this.#find(runId);
    if (run === null) throw runUnknown(runId);
    if (run.status === 'completed') throw runOver(runId);
    const service = executionId === runId ? FLOW_RUN : FLOW_CALL;
    const path = `/${service}/${encodeURIComponent(executionId)}/signal`;
    const answer = await this.#ingress('POST', path, sent);
    if (answer.status >= 300) throw refused(answer, 'Restate');
  }

  /** Ends what is being waited for. */
  async close(): Promise<void> {
    this.#open.abort();
    this.#open = new AbortController();
  }

  async #find(runId: string): Promise<Invocation | null> {
    const where = `target_service_name = '${FLOW_RUN}' AND target_handler_name = 'run' AND target_service_key = ${text(runId)}`;
    const [row] = await this.#invocations(where, 1);
    if (row !== undefined) return row;
    // A server that has just been started knows its runs before it lists them.
    const { status } = await this.#ingress('GET', `/restate/workflow/${FLOW_RUN}/${encodeURIComponent(runId)}/output`);
    if (status === 404) return null;
    throw runtimeAway('Restate', 'it does not list its runs yet.');
  }

  /** The server ends what a run has called and waits for; what runs beside it, it takes for somebody else's. */
  #underWay(runId: string): Promise<readonly Invocation[]> {
    return this.#invocations(
      `target_handler_name = 'run' AND status <> 'completed' AND (target_service_name = '${FLOW_RUN}' AND ` +
        `target_service_key = ${text(runId)} OR target_service_name = '${FLOW_CALL}' AND starts_with(target_service_key, ${text(`${runId}/`)}))`,
      MOST_ROWS,
    );
  }

  async #invocations(where: string, limit: number): Promise<readonly Invocation[]> {
    const query =
      'SELECT id, target_service_key, status, CAST(created_at AS VARCHAR) AS created_at, completion_result, completion_failure, retry_count ' +
      `FROM sys_invocation WHERE ${where} ORDER BY created_at DESC LIMIT ${Math.max(1, Math.floor(limit))}`;
    const { status, body } = await this.#admin('POST', '/query', { query });
    if (status !== 200 || !has(body, 'rows')) throw refused({ status, body }, 'Restate');
    return body['rows'] as readonly Invocation[]; // of the columns asked for
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
    const { status, body } = await this.#admin('POST', '/query', { query });
    if (status !== 200 || !has(body, 'rows')) throw refused({ status, body }, 'Restate');
    const rows = body['rows'] as readonly { readonly value_utf8: string }[]; // of the column asked for
    const [row] = rows;
    return row === undefined ? { flow: null, revision: null } : JSON.parse(row.value_utf8);
  }

  async #status({ status, completion_result, completion_failure, target_service_key }: Invocation) {
    if (UNTAKEN.has(status)) return 'waiting';
    if (status !== 'completed') return 'running';
    if (completion_result === 'failure') return isCancelled(completion_failure) ? 'cancelled' : 'error';
    const end = await this.end(target_service_key);
    return end.status === 'success' || end.status === 'stopped' || end.status === 'cancelled' ? end.status : 'error';
  }

  /** The invocation has failed: it was cancelled, or the engine refused the run. */
  #failed(runId: string, { status, body }: ServerAnswer): RunEnd {
    const message = messageOf(body);
    if (status < 300 || (status < 500 && !isPlainObject(body))) throw refused({ status, body }, 'Restate');
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

  #ask(base: string, method: string, path: string, body: unknown): Promise<ServerAnswer> {
    const { headers = {} } = this.#options;
    return askServer(new URL(path, base), { method, headers, signal: this.#open.signal, body });
  }
}

/** Statuses of invocations that no worker has, or that it gives back again and again. */
const UNTAKEN: ReadonlySet<string> = new Set(['backing-off', 'paused', 'scheduled', 'pending']);

/** How often a server that knows no worker is asked, and how many milliseconds lie between. */
const KNOWN_TIMES = 100;
const KNOWN_MS = 100;

/** How often a run that is cancelled is looked at, in case that no worker has it any more; after that it ends by itself. */
const CANCEL_LOOKS = 50;
/** The same where a worker has all of it. */
const HELD_LOOKS = 3;

/** Of one run, so many invocations are cancelled at a time. */
const MOST_ROWS = 100_000;

/** A text in the server's SQL. */
function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

function isCancelled(message: string | null): boolean {
  return message !== null && /\b409\b|cancel/i.test(message);
}
