/** How a failed exchange is told: a code, a message without secrets, a hint. */
import { HttpError, RunError } from '@flowdeck/engine';
import type { CardsCode } from '../codes.js';

/** What was being asked, and where. The URL is null when it could not be read. */
export interface Target {
  readonly method: string;
  readonly url: URL | null;
}

/** Raised while connecting, by the guard, which knows no request: one connection serves many. */
export class BlockedAddress extends Error {
  /** What the host leads to, with its article: `a private address`. */
  readonly kind: string;

  constructor(kind: string) {
    super('The address is not public.');
    this.kind = kind;
  }
}

/**
 * An `HttpError` whose message names the origin only. Query, fragment, credentials, headers and body are where secrets
 * live, so none of them is ever told; `extra.url` adds the path, which a catch block needs to tell requests apart.
 */
export function httpError(
  code: CardsCode,
  what: string,
  target: Target,
  details: { readonly hint?: string; readonly cause?: unknown } = {},
): HttpError {
  const { method, url } = target;
  const place = url === null ? method : `${method} ${url.origin}`;
  return new HttpError<CardsCode>(code, `${place}: ${what}`, {
    ...details,
    extra: url === null ? { method } : { url: url.origin + url.pathname, method },
  });
}

interface Explanation {
  readonly code?: CardsCode;
  readonly what: string;
  readonly hint: string;
}

const RESET: Explanation = {
  what: 'the server closed the connection before the answer was complete',
  hint: 'Try again later; if it happens every time, the server may refuse this request.',
};
const CERTIFICATE: Explanation = {
  what: "the server's certificate is not trusted",
  hint: 'Certificates are always checked. For a private authority, start Node.js with NODE_EXTRA_CA_CERTS.',
};
const UNRESOLVED: Explanation = {
  what: 'the host name could not be resolved',
  hint: 'Check the spelling of the host name and the DNS of this machine.',
};
const UNREACHABLE: Explanation = {
  what: 'the server cannot be reached',
  hint: 'Check the network between this machine and the server.',
};
const MALFORMED: Explanation = {
  what: 'the answer is not well-formed HTTP',
  hint: 'Check that an HTTP server listens there, and that http or https fits.',
};
const UNDECODABLE: Explanation = {
  what: 'the body does not decode as its Content-Encoding says',
  hint: 'Ask for plain content with the header "Accept-Encoding: identity".',
};
const UNKNOWN: Explanation = { what: 'the exchange failed', hint: 'The cause has the details.' };

/** System, TLS, zlib and undici codes, in the words of someone who writes flows. `http-network` unless a code stands here. */
const EXPLANATIONS: ReadonlyMap<string, Explanation> = new Map([
  ['ENOTFOUND', UNRESOLVED],
  ['EAI_AGAIN', UNRESOLVED],
  [
    'ECONNREFUSED',
    { what: 'nothing accepts connections there', hint: 'Check the port, and that the service is running.' },
  ],
  ['ECONNRESET', RESET],
  ['EPIPE', RESET],
  ['UND_ERR_SOCKET', RESET],
  ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', RESET],
  ['ENETUNREACH', UNREACHABLE],
  ['EHOSTUNREACH', UNREACHABLE],
  ['EADDRNOTAVAIL', UNREACHABLE],
  ['ETIMEDOUT', UNREACHABLE],
  [
    'UND_ERR_CONNECT_TIMEOUT',
    {
      code: 'http-timeout',
      what: 'no connection was made in time',
      hint: 'Check that the server can be reached from this machine.',
    },
  ],
  [
    'UND_ERR_HEADERS_OVERFLOW',
    { code: 'http-too-large', what: "the answer's headers are too large", hint: 'Only the server can send fewer.' },
  ],
  ['CERT_HAS_EXPIRED', CERTIFICATE],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', CERTIFICATE],
  ['SELF_SIGNED_CERT_IN_CHAIN', CERTIFICATE],
  ['UNABLE_TO_GET_ISSUER_CERT', CERTIFICATE],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', CERTIFICATE],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', CERTIFICATE],
  ['ERR_TLS_CERT_ALTNAME_INVALID', CERTIFICATE],
  ['Z_BUF_ERROR', UNDECODABLE],
  ['Z_DATA_ERROR', UNDECODABLE],
]);

/** Makes of anything that an exchange threw the error that the port's contract promises. */
export function explain(error: unknown, target: Target): RunError {
  return explained(error, target, '');
}

/** @param lead What stands before the hint. */
function explained(error: unknown, target: Target, lead: string): RunError {
  if (error instanceof RunError) return error;
  if (error instanceof BlockedAddress) return blocked(error, target);
  if (error instanceof Error && error.name === 'HTTPParserError') {
    // undici's error carries what the server sent; only its message goes along.
    const { what, hint } = MALFORMED;
    return httpError('http-network', `${what}.`, target, { hint, cause: new Error(error.message) });
  }
  const code = causeCode(error);
  const { code: kind = 'http-network', what, hint } = lookUp(code);
  return httpError(kind, `${what}${code === null ? '' : ` (${code})`}.`, target, {
    hint: lead + hint,
    cause: error,
  });
}

/** Codes of which a proxy may be the cause, and not the server that is named. */
const OF_PROXIES: ReadonlySet<string | null> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_SOCKET',
]);

/** The same for an exchange by way of a proxy. Where it is, is not told: its address may hold a password. */
export function explainProxied(error: unknown, target: Target): RunError {
  const refusal = tunnelStatus(error);
  if (refusal !== null) {
    return httpError('http-network', `the proxy answered ${refusal} and opened no way to the server.`, target, {
      hint:
        refusal === '407'
          ? 'Give the proxy user and password: http://USER:PASSWORD@HOST:PORT.'
          : 'See what the proxy allows, or name the host among those that need none (NO_PROXY).',
      cause: error,
    });
  }
  const lead = 'The request goes through a proxy: check that it is right (HTTP_PROXY, HTTPS_PROXY). ';
  return explained(error, target, OF_PROXIES.has(causeCode(error)) ? lead : '');
}

/** undici tells a refused tunnel, and a proxy that asks who is there, in a sentence only. */
function tunnelStatus(error: unknown): string | null {
  for (let current = error, depth = 0; depth < 8 && current instanceof Error; current = current.cause, depth++) {
    const [, status] = /^Proxy (?:response|Authentication Required) \((\d+)\)/.exec(current.message) ?? [];
    if (status !== undefined) return status;
  }
  return null;
}

function lookUp(code: string | null): Explanation {
  if (code === null) return UNKNOWN;
  if (code.startsWith('ERR_BROTLI') || code.startsWith('ERR__ERROR_FORMAT')) return UNDECODABLE;
  return EXPLANATIONS.get(code) ?? UNKNOWN;
}

function blocked({ kind }: BlockedAddress, target: Target): HttpError {
  const { url } = target;
  const host = url === null ? 'host:port' : `${url.hostname}:${portOf(url)}`;
  return httpError('http-blocked', `the host leads to ${kind}, which flows may not reach.`, target, {
    hint: `If this service may be reached, the host application names it: httpPort({ allowHosts: ['${host}'] }).`,
  });
}

/** The port of a URL, also where it is the scheme's own. */
function portOf(url: URL): string {
  return url.port || (url.protocol === 'https:' ? '443' : '80');
}

/** The innermost known code: several layers wrap the one that says what happened. */
function causeCode(error: unknown): string | null {
  let found: string | null = null;
  let current = error;
  // Causes may form a ring.
  for (let depth = 0; depth < 8 && current instanceof Error; depth++) {
    if ('code' in current && typeof current.code === 'string') found = current.code;
    current = current instanceof AggregateError ? current.errors[0] : current.cause;
  }
  return found;
}
