/** What an answer to a request for a token means for the connection. */
import { HttpError, type Value } from '@flowdeck/engine';
import { EndpointError, type ServerAnswer } from './endpoint.js';

/** What a server gave. */
export interface GrantedToken {
  /** Credentials by key: `access_token`, and `refresh_token`, `token_type`, `scope`, as far as they were given. */
  readonly auth: Readonly<Record<string, Value>>;
  /** Milliseconds since 1970; null: the server does not say. */
  readonly expiresAt: number | null;
}

/**
 * `granted`: a token. `refused`: the grant is dead, and only a person can give another. `misconfigured`: the server does not
 * take the client or the request; it will not take it the next time. `unsettled`: no answer that means anything; ask later.
 */
export type TokenAnswer =
  | { readonly kind: 'granted'; readonly token: GrantedToken }
  | { readonly kind: 'refused' | 'misconfigured'; readonly reason: string }
  | { readonly kind: 'unsettled'; readonly reason: string; readonly retryAfterMs: number | null };

/** Errors after which the same grant never works again; the later ones are of servers that answer with status 200. */
const DEAD: ReadonlySet<string> = new Set([
  'invalid_grant',
  'bad_refresh_token',
  'bad_verification_code',
  'invalid_refresh_token',
  'invalid_code',
  'token_revoked',
  'token_expired',
  'access_denied',
]);
/** Errors of the moment. */
const PASSING: ReadonlySet<string> = new Set(['temporarily_unavailable', 'server_error', 'slow_down', 'ratelimited']);
/** What the host's port refuses whatever the server is like. */
const UNREACHABLE: ReadonlySet<string> = new Set(['http-blocked', 'http-url']);

/** Sorts what came instead of a token: by the server's answer where there is one, else by how the request failed. */
export function failureOf(error: unknown, answer: ServerAnswer | null): TokenAnswer {
  if (error instanceof EndpointError) return { kind: 'misconfigured', reason: error.message };
  if (answer === null) return unanswered(error);
  const { status, json, retryAfterMs } = answer;
  const name = typeof json?.['error'] === 'string' ? json['error'] : null;
  const reason = name === null ? `The server answered ${status} without a token.` : saidBy(name, json, status);
  if (status === 429 || status >= 500 || (name !== null && PASSING.has(name)))
    return { kind: 'unsettled', reason, retryAfterMs };
  if (name !== null) return { kind: DEAD.has(name) ? 'refused' : 'misconfigured', reason };
  return status === 401 || status === 403
    ? { kind: 'misconfigured', reason }
    : { kind: 'unsettled', reason, retryAfterMs };
}

function unanswered(error: unknown): TokenAnswer {
  const reason = error instanceof Error ? error.message : String(error);
  if (error instanceof HttpError && UNREACHABLE.has(error.code)) return { kind: 'misconfigured', reason };
  return { kind: 'unsettled', reason, retryAfterMs: null };
}

/** The server's own words, bounded: they go into messages. */
function saidBy(name: string, json: ServerAnswer['json'], status: number): string {
  const words = json?.['error_description'];
  const said = typeof words === 'string' && words !== '' ? `: ${words.slice(0, 300)}` : '';
  return `The server answered ${status} ${name.slice(0, 80)}${said}`;
}

const CREDENTIALS = ['access_token', 'refresh_token', 'token_type', 'scope'] as const;

/** `keep`: names of further members that the connector declares, such as the base URL of an instance. */
export function tokenIn(
  answer: Readonly<Record<string, unknown>>,
  sentAt: number,
  keep: readonly string[],
): GrantedToken {
  const auth: Record<string, Value> = {};
  for (const key of [...CREDENTIALS, ...keep]) {
    const value = answer[key];
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') auth[key] = value;
  }
  const { expires_in: seconds } = answer;
  // From when it was asked for: the way back is part of its life.
  const expiresAt = typeof seconds === 'number' && seconds > 0 ? sentAt + seconds * 1000 : null;
  return { auth, expiresAt };
}
