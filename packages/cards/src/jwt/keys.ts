/** Reads keys: a shared secret for HS, PEM or JWK for all others, and never one for the other. */
import { isPlainObject, parseJsonText } from '@flowdeck/engine/kit';
import { fromBase64, utf8 } from '../shared/bytes.js';
import { type KeyKind, type PemKey, readPem } from '../shared/pem.js';
import { webCrypto } from '../shared/web-crypto.js';
import { ALGORITHMS, type Algorithm } from './algorithms.js';
import { fault } from './faults.js';

export type Key = Uint8Array | CryptoKey;

const HINT =
  'HS takes a shared secret, RS and PS an RSA key of 2048 bits or more, ES a key on the curve of the algorithm; both in PEM or as a JWK.';

/** What a text holds. */
type Written = (
  | { readonly form: 'secret'; readonly bytes: Uint8Array }
  | { readonly form: 'pem'; readonly kind: KeyKind; readonly pem: PemKey }
  | { readonly form: 'jwk'; readonly kind: KeyKind; readonly jwk: JsonWebKey }
) &
  Purpose;

/** What a JWK says that it is for (RFC 7517, section 4). */
interface Purpose {
  /** The only algorithm that it is for. Null: any that its kind allows. */
  readonly algorithm: string | null;
  /** Null: anything. */
  readonly operations: readonly unknown[] | null;
}

const ANY_PURPOSE: Purpose = { algorithm: null, operations: null };

/** @throws RunError `invalid-key`, `unsupported-algorithm` where the platform has no WebCrypto. */
export function signingKey(text: string, algorithm: Algorithm): Promise<Key> {
  return importKey(text, algorithm, 'sign');
}

/** @throws RunError `invalid-key`, `unsupported-algorithm` where the platform has no WebCrypto. */
export function verifyingKey(text: string, algorithm: Algorithm): Promise<Key> {
  return importKey(text, algorithm, 'verify');
}

/** What a token may be signed by when nobody says: the key's own kind decides, never the token. */
export function algorithmsFor(text: string): readonly string[] {
  const written = read(text);
  if (written.algorithm !== null) return [written.algorithm];
  if (written.form === 'secret') return ALGORITHMS.filter((name) => name.startsWith('HS'));
  return ALGORITHMS.filter((name) => (written.kind.startsWith('rsa') ? /^[RP]S/.test(name) : name.startsWith('ES')));
}

export function invalidJwtKey(cause?: unknown): Error {
  return fault('invalid-key', 'The key cannot be used with this algorithm.', HINT, 'key', cause);
}

async function importKey(text: string, algorithm: Algorithm, use: 'sign' | 'verify'): Promise<Key> {
  const written = read(text);
  checkPurpose(written, algorithm, use);
  if (written.form === 'secret') {
    if (written.bytes.length === 0) throw unreadableJwtKey('it is empty');
    if (algorithm.family !== 'HS') throw unreadableJwtKey(`it is neither PEM nor a JWK, as ${algorithm.name} takes it`);
    return written.bytes;
  }
  // A public key as a secret would let everybody sign who knows it (RFC 8725, section 2.1).
  if (!fits(written.kind, algorithm)) throw invalidJwtKey();
  if (use === 'sign' && isPublic(written)) throw unusableJwtKey('it is the public one, and the private one signs');
  const parameters = importParameters(algorithm, written.kind);
  const subtle = webCrypto();
  try {
    if (use === 'sign') return await importWritten(subtle, written, parameters, ['sign']);
    return await importPublic(subtle, written, parameters);
  } catch {
    // The platform's own error may quote the key.
    throw invalidJwtKey();
  }
}

function checkPurpose({ algorithm: only, operations }: Purpose, { name }: Algorithm, use: 'sign' | 'verify'): void {
  if (only !== null && only !== name) throw unusableJwtKey(`its "alg" says that it is for ${only} only`);
  // Whoever may sign may verify what was signed.
  if (operations === null || operations.includes(use) || operations.includes('sign')) return;
  throw unusableJwtKey(`its "key_ops" do not hold "${use}"`);
}

function isPublic(written: Exclude<Written, { form: 'secret' }>): boolean {
  return written.form === 'jwk' ? written.jwk.d === undefined : written.pem.format === 'spki';
}

/** RSASSA-PSS keys are not for RS (RFC 4055, section 1.2), and each ES has its own curve (RFC 7518, section 3.4). */
function fits(kind: KeyKind, { name, family }: Algorithm): boolean {
  if (kind === 'rsa') return family === 'RS' || family === 'PS';
  if (kind === 'rsa-pss') return family === 'PS';
  return name === CURVE_ALGORITHMS[kind];
}

const CURVE_ALGORITHMS = { 'P-256': 'ES256', 'P-384': 'ES384', 'P-521': 'ES512' } as const;

type Parameters = RsaHashedImportParams | EcKeyImportParams;

function importParameters({ name, family }: Algorithm, kind: KeyKind): Parameters {
  if (family === 'ES') return { name: 'ECDSA', namedCurve: kind };
  return { name: family === 'PS' ? 'RSA-PSS' : 'RSASSA-PKCS1-v1_5', hash: `SHA-${name.slice(2)}` };
}

function importWritten(
  subtle: SubtleCrypto,
  written: Exclude<Written, { form: 'secret' }>,
  parameters: Parameters,
  uses: readonly ['sign'] | readonly ['verify'],
): Promise<CryptoKey> {
  // Only what is imported for a moment, to find its public half, comes out again; see below.
  if (written.form === 'jwk') return subtle.importKey('jwk', written.jwk, parameters, true, uses);
  return subtle.importKey(written.pem.format, written.pem.der, parameters, true, uses);
}

/** A private key verifies, too, by the public key in it. */
async function importPublic(
  subtle: SubtleCrypto,
  written: Exclude<Written, { form: 'secret' }>,
  parameters: Parameters,
): Promise<CryptoKey> {
  if (written.form === 'pem' && written.pem.format === 'spki') {
    return importWritten(subtle, written, parameters, ['verify']);
  }
  const jwk =
    written.form === 'jwk'
      ? written.jwk
      : await subtle.exportKey('jwk', await importWritten(subtle, written, parameters, ['sign']));
  return subtle.importKey('jwk', members(jwk, PUBLIC), parameters, true, ['verify']);
}

const PUBLIC = ['kty', 'n', 'e', 'crv', 'x', 'y'] as const;
const PRIVATE = ['d', 'p', 'q', 'dp', 'dq', 'qi'] as const;

function members(jwk: object, names: readonly string[]): JsonWebKey {
  return Object.fromEntries(
    Object.entries(jwk).filter(([name, value]) => names.includes(name) && typeof value === 'string'),
  );
}

function read(text: string): Written {
  const json = jsonIn(text);
  if (json !== null && Array.isArray(json['keys']))
    throw unreadableJwtKey('it is a set of keys: take one of its "keys"');
  if (json !== null && typeof json['kty'] === 'string') return readJwk(json);
  const armored = /-----BEGIN /.test(text) ? text : wrappedPem(text);
  if (armored === null)
    return { form: 'secret', bytes: text.trim() === '' ? new Uint8Array() : utf8(text), ...ANY_PURPOSE };
  try {
    const pem = readPem(armored);
    return { form: 'pem', kind: pem.kind, pem, ...ANY_PURPOSE };
  } catch (error) {
    // Only `readPem` and what it calls throws here, and its messages never quote the key.
    throw unreadableJwtKey(error instanceof RangeError ? error.message : 'its form is broken');
  }
}

/** PEM that was put into base64 as a whole, as settings that hold one line only want it. */
function wrappedPem(text: string): string | null {
  const base64 = text.replace(/\s+/g, '');
  if (!base64.startsWith('LS0tLS1CRUdJTi')) return null;
  return new TextDecoder().decode(fromBase64(base64));
}

/** RFC 7517, section 4. */
function readJwk(jwk: { readonly [name: string]: unknown }): Written {
  const { kty, crv, k } = jwk;
  const purpose = purposeOf(jwk);
  if (kty === 'oct' && typeof k === 'string') return { form: 'secret', bytes: fromBase64(k), ...purpose };
  const kind = kty === 'RSA' ? 'rsa' : kty === 'EC' && isCurveName(crv) ? crv : null;
  if (kind === null) throw unreadableJwtKey('of a JWK, kty is RSA, EC (with a crv of P-256, P-384 or P-521) or oct');
  return { form: 'jwk', kind, jwk: members(jwk, [...PUBLIC, ...PRIVATE]), ...purpose };
}

/** RFC 7517, sections 4.2 to 4.4. */
function purposeOf({ use, alg, key_ops: operations }: { readonly [name: string]: unknown }): Purpose {
  if (use !== undefined && use !== 'sig') throw unusableJwtKey('its "use" says that it is not for signatures');
  if (alg !== undefined && !ALGORITHMS.some((name) => name === alg)) {
    throw unusableJwtKey('its "alg" is none of those that sign tokens here');
  }
  return {
    algorithm: typeof alg === 'string' ? alg : null,
    operations: Array.isArray(operations) ? operations : null,
  };
}

function isCurveName(name: unknown): name is keyof typeof CURVE_ALGORITHMS {
  return typeof name === 'string' && Object.hasOwn(CURVE_ALGORITHMS, name);
}

/** A JSON object with "kty" is a key, one with "keys" a set of them (RFC 7517, section 5); any other text may be a secret. */
function jsonIn(text: string): { readonly [name: string]: unknown } | null {
  if (!text.trimStart().startsWith('{')) return null;
  try {
    const value = parseJsonText(text);
    return isPlainObject(value) ? value : null;
  } catch {
    return null;
  }
}

function unreadableJwtKey(why: string): Error {
  return fault('invalid-key', `The key cannot be read: ${why.replace(/\.$/, '')}.`, HINT, 'key');
}

function unusableJwtKey(why: string): Error {
  return fault('invalid-key', `The key cannot be used: ${why}.`, HINT, 'key');
}
