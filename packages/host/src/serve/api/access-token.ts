/** Access tokens of callers: signed JWTs of an authorization server, checked against its keys (RFC 9068, section 4). */
import type { Clock, HttpPort, OAuthAccess } from '@flowdeck/engine';
import { createRemoteJWKSet, customFetch, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';

/** What came of looking at a token. */
export type TokenVerdict =
  | { readonly kind: 'accepted'; readonly claims: JWTPayload }
  /** `reason` is for the caller: it says nothing that the token does not. */
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'scope'; readonly missing: readonly string[] }
  /** The keys cannot be had: whether the token is good is not known. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** Never `none`, and no secret that is shared: whoever can check such a token could make one, too. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
/** By which the clocks of two servers may differ, in seconds. */
const TOLERANCE_S = 60;
/** Of a metadata document or a set of keys. */
const TIMEOUT_MS = 5_000;

/** Checks tokens, and keeps the keys of their issuers for as long as the library finds good. */
export class AccessTokens {
  readonly #http: HttpPort;
  readonly #clock: Pick<Clock, 'now'>;
  /** By issuer and address of its keys; what failed is forgotten, and asked for again. */
  readonly #keys = new Map<string, Promise<JWTVerifyGetKey>>();

  constructor(http: HttpPort, clock: Pick<Clock, 'now'>) {
    this.#http = http;
    this.#clock = clock;
  }

  async check(token: string, access: OAuthAccess): Promise<TokenVerdict> {
    let claims: JWTPayload;
    try {
      const keys = await this.#keysOf(access);
      const verified = await jwtVerify(token, keys, {
        issuer: access.issuer,
        audience: access.audience,
        algorithms: ALGORITHMS,
        clockTolerance: TOLERANCE_S,
        currentDate: new Date(this.#clock.now()),
        requiredClaims: ['exp'],
      });
      claims = verified.payload;
    } catch (error) {
      return verdictOf(error);
    }
    const granted = scopesOf(claims);
    const missing = (access.scopes ?? []).filter((scope) => !granted.has(scope));
    return missing.length === 0 ? { kind: 'accepted', claims } : { kind: 'scope', missing };
  }

  #keysOf(access: OAuthAccess): Promise<JWTVerifyGetKey> {
    const name = JSON.stringify([access.issuer, access.jwksUri ?? null]);
    const known = this.#keys.get(name);
    if (known !== undefined) return known;
    const found = this.#findKeys(access);
    this.#keys.set(name, found);
    found.catch(() => this.#keys.delete(name));
    return found;
  }

  async #findKeys({ issuer, jwksUri }: OAuthAccess): Promise<JWTVerifyGetKey> {
    const url = jwksUri ?? (await this.#jwksUriOf(issuer));
    const send = async (address: string) => {
      const { status, body } = await this.#get(address);
      return new Response(new Uint8Array(body), { status: status >= 200 && status <= 599 ? status : 502 });
    };
    return createRemoteJWKSet(new URL(url), { [customFetch]: send });
  }

  /** From the metadata of the server: where RFC 8414 puts it, and where OpenID Connect does. */
  async #jwksUriOf(issuer: string): Promise<string> {
    const { origin, pathname } = new URL(issuer);
    const path = pathname.replace(/\/$/, '');
    for (const address of [
      `${origin}${path}/.well-known/openid-configuration`,
      `${origin}/.well-known/oauth-authorization-server${path}`,
    ]) {
      const { status, body } = await this.#get(address);
      const metadata = status === 200 ? objectIn(body) : null;
      if (metadata === null) continue;
      // Else a server could speak for another one (RFC 8414, section 3.3).
      if (metadata['issuer'] !== issuer) throw new Error('its metadata names another issuer');
      const { jwks_uri: found } = metadata;
      if (typeof found === 'string' && URL.canParse(found)) return found;
    }
    throw new Error('it has no metadata that says where its keys are');
  }

  #get(url: string) {
    return this.#http.request({
      method: 'GET',
      url,
      headers: { accept: 'application/json' },
      redirect: 'manual',
      timeoutMs: TIMEOUT_MS,
    });
  }
}

/** Faults of the token itself, and those of whoever has the keys. */
function verdictOf(error: unknown): TokenVerdict {
  const reason = error instanceof Error ? error.message : String(error);
  const isOfToken =
    error instanceof errors.JWTInvalid ||
    error instanceof errors.JWTExpired ||
    error instanceof errors.JWTClaimValidationFailed ||
    error instanceof errors.JWSInvalid ||
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JOSEAlgNotAllowed ||
    error instanceof errors.JOSENotSupported ||
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys;
  return isOfToken ? { kind: 'refused', reason } : { kind: 'unknown', reason };
}

/** `scope` as RFC 9068 has it, or a list under `scp`, as some servers do. */
function scopesOf({ scope, ...claims }: JWTPayload): ReadonlySet<unknown> {
  if (typeof scope === 'string') return new Set(scope.split(' '));
  const { scp } = claims;
  return new Set(Array.isArray(scp) ? scp : typeof scp === 'string' ? scp.split(' ') : []);
}

function objectIn(body: Uint8Array): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(body));
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}
