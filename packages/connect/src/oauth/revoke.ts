/** Takes a token back at the authorization server (RFC 7009). */
import * as oauth from 'oauth4webapi';
import { type Endpoint, endpointOf } from './endpoint.js';
import type { TokenRequest } from './token.js';

/** What became of taking a token back. */
export interface RevokeAnswer {
  /** `done`: the server has taken it back, or never knew it. `refused`: it would not. `unsettled`: nobody can tell. */
  readonly kind: 'done' | 'refused' | 'unsettled';
  /** Why, for people; null: it is done. */
  readonly reason: string | null;
}

/** The refresh token first: with it its access tokens end, at servers that keep them together. */
export async function revokeToken(request: Omit<TokenRequest, 'clock'>, token: string): Promise<RevokeAnswer> {
  let endpoint: Endpoint | null = null;
  try {
    endpoint = endpointOf(request.method.oauth, request.values, request.http);
    const { server, client, authentication, options } = endpoint;
    await oauth.processRevocationResponse(
      await oauth.revocationRequest(server, client, authentication, token, options),
    );
    return { kind: 'done', reason: null };
  } catch (error) {
    const answer = endpoint?.answer() ?? null;
    if (answer === null) return { kind: 'unsettled', reason: error instanceof Error ? error.message : String(error) };
    // Some answer with other statuses than RFC 7009 has.
    if (answer.status >= 200 && answer.status < 300) return { kind: 'done', reason: null };
    const kind = answer.status === 429 || answer.status >= 500 ? 'unsettled' : 'refused';
    return { kind, reason: `The server answered ${answer.status}.` };
  }
}
