/** Who may call an API flow: whoever has its token, whoever has an access token, or everybody, as the flow says. */
import type { DataObject, OAuthAccess } from '@flowdeck/engine';
import type { HostedFlow } from '../host-types.js';
import { isSame } from '../proof.js';
import type { AccessTokens } from './access-token.js';
import { json } from './answer.js';

/** The header and the query parameter that carry the token of a flow (reference: flow client token). */
const TOKEN_HEADER = 'x-api-client-token';
const TOKEN_PARAMETER = 'clientToken';

const METHODS: ReadonlySet<string> = new Set(['GET', 'POST']);

/** A request before its body is read. */
export interface Call {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
}

/** A caller who is let in, with what the run is to be told of them; or the answer to one who is not. */
export type Admission =
  | { readonly kind: 'in'; readonly flow: HostedFlow; readonly metadata: DataObject }
  | { readonly kind: 'out'; readonly answer: Response };

/** `tokens` is null where the host has no way to authorization servers. */
export async function admit(flow: HostedFlow | undefined, call: Call, tokens: AccessTokens | null): Promise<Admission> {
  const access = flow?.info.type === 'api' ? flow.access : null;
  if (flow === undefined || access === null) return out(tokenRefused());
  let metadata: DataObject = {};
  if (access.by === 'oauth') {
    const subject = await subjectOf(call, access, tokens);
    if (subject instanceof Response) return out(subject);
    if (subject !== null) metadata = { caller: subject };
  } else if (access.by === 'token' && !isSame(tokenIn(call), flow.token)) {
    return out(tokenRefused());
  }
  if (!flow.on) return out(json(410, { message: 'The flow is off.' }, null));
  if (METHODS.has(call.method)) return { kind: 'in', flow, metadata };
  const answer = json(405, { message: 'Flows are called by GET or POST.' }, null);
  answer.headers.set('allow', [...METHODS].join(', '));
  return out(answer);
}

/** The token of `Authorization: Bearer` (RFC 6750, 2.1). */
export function bearerOf(headers: Headers): string | null {
  return /^Bearer +([\w.~+/=-]+)$/i.exec(headers.get('authorization') ?? '')?.[1] ?? null;
}

function out(answer: Response): Admission {
  return { kind: 'out', answer };
}

function tokenIn({ url, headers }: Call): string | null {
  return headers.get(TOKEN_HEADER) ?? bearerOf(headers) ?? url.searchParams.get(TOKEN_PARAMETER);
}

/** Unknown flows and wrong tokens are answered alike: who guesses learns nothing. */
function tokenRefused(): Response {
  return json(401, { message: 'There is no such flow, or the token is not its own.' }, null);
}

/** Whom the token is about, null when it does not say, or the answer to a caller without a good one (RFC 6750, section 3). */
async function subjectOf(
  { headers }: Call,
  access: OAuthAccess,
  tokens: AccessTokens | null,
): Promise<string | null | Response> {
  const token = bearerOf(headers);
  if (token === null) return challenge(401, 'An access token is asked for.', null);
  if (tokens === null) return keysMissing('this host has no way to it');
  const verdict = await tokens.check(token, access);
  switch (verdict.kind) {
    case 'accepted':
      return verdict.claims.sub ?? null;
    case 'refused':
      return challenge(401, `The access token is refused: ${verdict.reason}.`, 'error="invalid_token"');
    case 'scope': {
      const scope = (access.scopes ?? []).join(' ').replace(/["\\]/g, '');
      return challenge(
        403,
        `The access token lacks ${verdict.missing.join(', ')}.`,
        `error="insufficient_scope", scope="${scope}"`,
      );
    }
    case 'unknown':
      return keysMissing(verdict.reason);
  }
}

function challenge(status: number, message: string, parameters: string | null): Response {
  const answer = json(status, { message }, null);
  answer.headers.set('www-authenticate', parameters === null ? 'Bearer' : `Bearer ${parameters}`);
  return answer;
}

function keysMissing(reason: string): Response {
  const answer = json(503, { message: `The keys of the authorization server cannot be had: ${reason}.` }, null);
  answer.headers.set('retry-after', '5');
  return answer;
}
