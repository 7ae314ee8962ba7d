/** What an API flow answers over HTTP (reference: control flow, 1.8). */
import { type Answer, FlowdeckError, type RunResult } from '@flowdeck/engine';

/** Codes by which an engine refuses inputs before the first card. */
const REFUSED_INPUTS: ReadonlySet<string> = new Set(['missing-input', 'invalid-input', 'unknown-input']);
/** Statuses that have no body. */
const BODILESS: ReadonlySet<number> = new Set([204, 205, 304]);

/** The answer that a card gave while the run goes on (Close, Pause), or at its end (Return Raw). */
export function answered({ statusCode, headers, body }: Answer, runId: string | null): Response {
  const all = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    try {
      all.set(name, String(value));
    } catch {
      // A name or a value that HTTP cannot carry: the answer goes out without it.
    }
  }
  const text = typeof body === 'string' ? body : JSON.stringify(body ?? null);
  if (!all.has('content-type')) {
    all.set('content-type', typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json');
  }
  return respond(statusCode, text, all, runId);
}

/** The answer of a run that ended without one. */
export function resultAnswer(result: RunResult): Response {
  if (result.answer !== null) return answered(result.answer, result.runId);
  if (result.error === null) return json(200, result.outputs, result.runId);
  const { error } = result;
  if (result.status === 'cancelled') return json(503, { message: error.message, code: error.code }, result.runId);
  const status = error.statusCode !== null && isErrorStatus(error.statusCode) ? error.statusCode : 500;
  return json(status, { message: error.message, code: error.code, ...error.extra }, result.runId);
}

/** The answer to a request that starts no run. */
export function refusal(error: unknown): Response | null {
  if (!(error instanceof FlowdeckError)) return null;
  const { code, message, hint } = error;
  if (!REFUSED_INPUTS.has(code) && code !== 'request-body') return null;
  return json(400, { message, code, ...(hint === undefined ? {} : { hint }) }, null);
}

/** Name of the header that tells the id of the run. */
export const RUN_HEADER = 'x-flowdeck-run';

export function json(status: number, value: unknown, runId: string | null): Response {
  return respond(status, JSON.stringify(value), new Headers({ 'content-type': 'application/json' }), runId);
}

function respond(status: number, body: string, headers: Headers, runId: string | null): Response {
  if (runId !== null) headers.set(RUN_HEADER, runId);
  const safe = Number.isInteger(status) && status >= 200 && status <= 599 ? status : 500;
  return new Response(BODILESS.has(safe) ? null : body, { status: safe, headers });
}

function isErrorStatus(status: number): boolean {
  return Number.isInteger(status) && status >= 400 && status <= 599;
}
