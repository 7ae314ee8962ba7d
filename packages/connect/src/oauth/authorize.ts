/** The way through the browser: where a person is sent to agree, and what the answer has to be. */
import type { OAuthGrant } from '@flowdeck/engine/kit';
import * as oauth from 'oauth4webapi';
import { EndpointError, filledParameters, type OAuthValues } from './endpoint.js';
import { fillUrl } from './template.js';

/** A login under way. It is good once, and for ten minutes. */
export interface PendingLogin {
  /** Where to send the browser. */
  readonly url: string;
  /** What the answer has to name. */
  readonly state: string;
  /** Secret of this login (RFC 7636). */
  readonly verifier: string;
  /** Where the browser is sent back to. */
  readonly redirectUri: string;
  /** Milliseconds since 1970 after which no answer is taken. */
  readonly expiresAt: number;
}

const LIFE_MS = 10 * 60_000;

/**
 * Begins a login, always with state and PKCE (RFC 7636, S256).
 *
 * @throws EndpointError when the grant or the connection lacks something.
 */
export async function beginLogin(
  grant: OAuthGrant,
  values: OAuthValues,
  redirectUri: string,
  now: number,
): Promise<PendingLogin> {
  const template = grant.authorizeUrl;
  const place = template === undefined ? null : fillUrl(template, values);
  const client = values['client_id'];
  if (place === null || !URL.canParse(place)) throw new EndpointError('"authorizeUrl" leads nowhere.');
  if (typeof client !== 'string' || client === '') throw new EndpointError('The connection lacks "client_id".');
  const state = oauth.generateRandomState();
  const verifier = oauth.generateRandomCodeVerifier();
  const url = new URL(place);
  const { scopes = [] } = grant;
  const parameters: Record<string, string> = {
    ...filledParameters(grant.authorizeParameters, values),
    response_type: 'code',
    client_id: client,
    redirect_uri: redirectUri,
    ...(scopes.length === 0 ? {} : { scope: scopes.join(' ') }),
    state,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  };
  for (const [key, value] of Object.entries(parameters)) url.searchParams.set(key, value);
  return { url: url.href, state, verifier, redirectUri, expiresAt: now + LIFE_MS };
}
