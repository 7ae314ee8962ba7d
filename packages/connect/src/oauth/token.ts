/** Asks an authorization server for a token: with the client's own credentials, a refresh token, or a code. */
import type { Clock, HttpPort } from '@flowdeck/engine';
import type { AuthMethod, OAuthGrant } from '@flowdeck/engine/kit';
import * as oauth from 'oauth4webapi';
import { failureOf, type TokenAnswer, tokenIn } from './answer.js';
import { type Endpoint, endpointOf, type OAuthValues, refreshEndpointOf } from './endpoint.js';

/** What every request for a token takes. */
export interface TokenRequest {
  /** How the connection proves who it is. */
  readonly method: AuthMethod & { readonly oauth: OAuthGrant };
  /** Credentials (`client_id`, `client_secret`, `refresh_token`) and parameters of the connection. */
  readonly values: OAuthValues;
  /** The way to the server. */
  readonly http: HttpPort;
  /** Tells when a token ends. */
  readonly clock: Pick<Clock, 'now'>;
}

/** With the connection's own client. */
export function askAsClient(request: TokenRequest): Promise<TokenAnswer> {
  return ask(request, endpointOf, async ({ server, client, authentication, parameters, options }) => {
    const { scopes = [] } = request.method.oauth;
    if (scopes.length > 0 && !parameters.has('scope')) parameters.set('scope', scopes.join(' '));
    const response = await oauth.clientCredentialsGrantRequest(server, client, authentication, parameters, options);
    return oauth.processClientCredentialsResponse(server, client, response);
  });
}

/** With a refresh token. The server may rotate it; where it gives none, the old one goes on. */
export function askToRefresh(request: TokenRequest, refreshToken: string): Promise<TokenAnswer> {
  return ask(request, refreshEndpointOf, async ({ server, client, authentication, parameters, options }) => {
    const further = { ...options, additionalParameters: parameters };
    const response = await oauth.refreshTokenGrantRequest(server, client, authentication, refreshToken, further);
    return oauth.processRefreshTokenResponse(server, client, response);
  });
}

/** What a person's agreement left behind. */
export interface AgreedCode {
  /** The URL that the browser was sent back to. */
  readonly answered: URL;
  /** What the answer has to name. */
  readonly state: string;
  /** What the code was asked for with (RFC 7636). */
  readonly verifier: string;
  /** Where the browser was sent back to. */
  readonly redirectUri: string;
  /** Milliseconds since 1970 after which it is not taken any more. */
  readonly expiresAt: number;
}

/** With a code. The state is checked, and the issuer where the answer names one (RFC 9207). */
export function askWithCode(request: TokenRequest, code: AgreedCode): Promise<TokenAnswer> {
  if (request.clock.now() > code.expiresAt) {
    return Promise.resolve({ kind: 'refused', reason: 'The answer came after more than ten minutes.' });
  }
  return ask(request, endpointOf, async ({ server, client, authentication, parameters, options }) => {
    const answered = agreed(() => oauth.validateAuthResponse(server, client, code.answered, code.state));
    const further = { ...options, additionalParameters: parameters };
    const { redirectUri, verifier } = code;
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      authentication,
      answered,
      redirectUri,
      verifier,
      further,
    );
    return oauth.processAuthorizationCodeResponse(server, client, response);
  });
}

/** What is wrong with the answer of the browser: it says no, or is none of this login. Nothing was asked yet. */
class NotAgreed extends Error {}

function agreed<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof oauth.AuthorizationResponseError)
      throw new NotAgreed(`The service answered ${error.error}: ${error.error_description ?? 'no reason given'}`);
    throw new NotAgreed('The answer does not belong to this login: its state, issuer or code is not the expected one.');
  }
}

async function ask(
  { method, values, http, clock }: TokenRequest,
  open: typeof endpointOf,
  send: (endpoint: Endpoint) => Promise<oauth.TokenEndpointResponse>,
): Promise<TokenAnswer> {
  let endpoint: Endpoint | null = null;
  try {
    endpoint = open(method.oauth, values, http);
    const sentAt = clock.now();
    const keep = (method.fields ?? []).map(({ key }) => key);
    return { kind: 'granted', token: tokenIn(await send(endpoint), sentAt, keep) };
  } catch (error) {
    if (error instanceof NotAgreed) return { kind: 'refused', reason: error.message };
    return failureOf(error, endpoint?.answer() ?? null);
  }
}
