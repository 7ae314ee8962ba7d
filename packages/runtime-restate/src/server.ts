/** Asks the server over HTTP. What answers there may be away, closed to us, or something else. */
import type { FlowdeckError } from '@flowdeck/engine';
import { isPlainObject, runtimeAway, runtimeDiffers, runtimeRefused } from '@flowdeck/engine/kit';

/** An answer of the server: its status, and its JSON or text. */
export interface ServerAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** What is asked. */
export interface ServerQuestion {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Absent: none. */
  readonly body?: unknown;
}

/**
 * One question; status 408 when nobody answers it for long.
 *
 * @throws FlowdeckError `runtime-away`.
 */
export async function askServer(url: URL, { method, headers, signal, body }: ServerQuestion): Promise<ServerAnswer> {
  const told = body === undefined ? {} : { 'content-type': 'application/json' };
  try {
    const response = await fetch(url, {
      method,
      headers: { accept: 'application/json', ...told, ...headers },
      ...(signal === undefined ? {} : { signal }),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: parsed(await response.text()) };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    // `fetch` gives a request up that is not answered for five minutes: the run may take longer.
    if (isPatienceOver(cause)) return { status: 408, body: null };
    throw runtimeAway(`Restate at ${url.origin}`, cause);
  }
}

/** Why an answer is none that was asked for. `what`: the server, for the message. */
export function refused({ status, body }: ServerAnswer, what: string): FlowdeckError {
  if (status === 401 || status === 403) return runtimeRefused(what, messageOf(body));
  // A server that is on its way down, and what stands before it, say so in their own words.
  if (status < 300 || (status < 500 && !isPlainObject(body)))
    return runtimeDiffers(what, `it answers ${status} ${shortened(messageOf(body))}`);
  return runtimeAway(what, `${status} ${messageOf(body)}`);
}

/** Whether the answer is JSON with such a member. */
export function has<Name extends string>(body: unknown, name: Name): body is { readonly [N in Name]: unknown } {
  return isPlainObject(body) && Object.hasOwn(body, name);
}

/** What the server says. */
export function messageOf(body: unknown): string {
  if (has(body, 'message')) return String(body.message);
  return typeof body === 'string' ? body : JSON.stringify(body);
}

function isPatienceOver(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'UND_ERR_HEADERS_TIMEOUT';
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

/** Of a page that came in place of an answer. */
function shortened(message: string): string {
  return message.length > MOST_SHOWN ? `${message.slice(0, MOST_SHOWN)}...` : message;
}

const MOST_SHOWN = 100;
