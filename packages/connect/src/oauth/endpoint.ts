/** What requests to an authorization server go by: its endpoints, the client, how the client proves who it is. */
import { HttpError, type HttpPort } from '@flowdeck/engine';
import type { OAuthGrant } from '@flowdeck/engine/kit';
import * as oauth from 'oauth4webapi';
import { fillText, fillUrl } from './template.js';

/** The credentials and parameters of a connection, by key. */
export type OAuthValues = Readonly<Record<string, unknown>>;

/** The ends that a grant names. */
type EndpointKey = 'authorizeUrl' | 'tokenUrl' | 'refreshUrl' | 'revokeUrl';

/** An answer of the authorization server, read to its end. */
export interface ServerAnswer {
  readonly status: number;
  /** The body, if it is a JSON object. */
  readonly json: Readonly<Record<string, unknown>> | null;
  /** Milliseconds that it asks to be left alone; null: it does not say. */
  readonly retryAfterMs: number | null;
}

/** A grant whose placeholders are filled in. */
export interface Endpoint {
  readonly server: oauth.AuthorizationServer;
  readonly client: oauth.Client;
  readonly authentication: oauth.ClientAuth;
  readonly parameters: URLSearchParams;
  readonly options: { readonly [oauth.customFetch]: typeof fetch; readonly [oauth.allowInsecureRequests]: boolean };
  /** What it answered last; null: nothing yet. */
  answer(): ServerAnswer | null;
}

/** A connection lacks what a request needs, or the grant leads nowhere. */
export class EndpointError extends Error {}

/** Sends through the host's port, which decides what may be reached. A redirect is an answer, and a wrong one. */
export function endpointOf(grant: OAuthGrant, values: OAuthValues, http: HttpPort): Endpoint {
  const url = (key: EndpointKey) => (grant[key] === undefined ? undefined : filledUrl(grant[key], key, values));
  const token = url('tokenUrl') ?? '';
  const authorize = url('authorizeUrl');
  const revoke = url('revokeUrl');
  let last: ServerAnswer | null = null;
  const send = fetchOver(http, (answer) => {
    last = answer;
  });
  return {
    server: {
      issuer: grant.issuer ?? new URL(token).origin,
      token_endpoint: token,
      ...(authorize === undefined ? {} : { authorization_endpoint: authorize }),
      ...(revoke === undefined ? {} : { revocation_endpoint: revoke }),
    },
    client: { client_id: needed(values, 'client_id') },
    authentication: authenticationOf(grant, values),
    parameters: new URLSearchParams(filledParameters(grant.tokenParameters, values)),
    // Plain http never leaves the machine: the port refuses what is not public, and this what is.
    options: { [oauth.customFetch]: send, [oauth.allowInsecureRequests]: isLoopback(token) },
    answer: () => last,
  };
}

/** The same for renewals, which may have an end of their own. */
export function refreshEndpointOf(grant: OAuthGrant, values: OAuthValues, http: HttpPort): Endpoint {
  return endpointOf(grant.refreshUrl === undefined ? grant : { ...grant, tokenUrl: grant.refreshUrl }, values, http);
}

export function filledParameters(
  parameters: Readonly<Record<string, string>> = {},
  values: OAuthValues,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters).map(([key, template]) => {
      const text = fillText(template, values);
      if (text === null)
        throw new EndpointError(`The parameter "${key}" asks for something that the connection lacks.`);
      return [key, text];
    }),
  );
}

function filledUrl(template: string, key: EndpointKey, values: OAuthValues): string {
  const text = fillUrl(template, values);
  if (text === null) throw new EndpointError(`"${key}" asks for a parameter that the connection lacks.`);
  if (!URL.canParse(text)) throw new EndpointError(`"${key}" is no URL.`);
  return text;
}

function needed(values: OAuthValues, key: string): string {
  const value = values[key];
  if (typeof value === 'string' && value !== '') return value;
  throw new EndpointError(`The connection lacks "${key}".`);
}

function authenticationOf({ clientAuthentication = 'basic' }: OAuthGrant, values: OAuthValues): oauth.ClientAuth {
  if (clientAuthentication === 'none') return oauth.None();
  const secret = needed(values, 'client_secret');
  if (clientAuthentication === 'post') return oauth.ClientSecretPost(secret);
  if (clientAuthentication === 'basic') return oauth.ClientSecretBasic(secret);
  // Servers that do not decode what RFC 6749, section 2.3.1, has encoded.
  return (_, { client_id }, __, headers) => headers.set('authorization', `Basic ${base64(`${client_id}:${secret}`)}`);
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

function isLoopback(url: string): boolean {
  return /^http:\/\/(?:127\.\d+\.\d+\.\d+|\[::1\]|localhost)(?::|\/|$)/i.test(url);
}

/** While a server is asked, every process that needs the connection waits. */
const ANSWER_MS = 30_000;

/** `fetch` as the library wants it, over the host's port. */
function fetchOver(http: HttpPort, note: (answer: ServerAnswer) => void): typeof fetch {
  return async (input, init) => {
    const { method = 'GET', headers, body, signal } = init ?? {};
    const response = await http.request({
      method,
      url: String(input),
      headers: Object.fromEntries(new Headers(headers)),
      redirect: 'manual',
      timeoutMs: ANSWER_MS,
      ...(body === undefined || body === null ? {} : { body: String(body) }),
      ...(signal ? { signal } : {}),
    });
    const text = new TextDecoder().decode(response.body);
    const json = objectIn(text);
    note({ status: response.status, json, retryAfterMs: retryAfter(response.headers['retry-after']) });
    if (response.status < 200 || response.status > 599)
      throw new HttpError<'http-status'>('http-status', `The server answered ${response.status}.`);
    // Whose account it is, is no business of a connection: an ID token would have to be proven first.
    const shown = json === null ? text : JSON.stringify({ ...json, id_token: undefined });
    const empty = [204, 205, 304].includes(response.status);
    return new Response(empty ? null : shown, { status: response.status, headers: { ...response.headers } });
  };
}

function objectIn(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

/** Seconds (RFC 9110, section 10.2.3). A date is not worth reading: the next try waits anyway. */
function retryAfter(header: string | undefined): number | null {
  return header !== undefined && /^\d{1,6}$/.test(header) ? Number(header) * 1000 : null;
}
