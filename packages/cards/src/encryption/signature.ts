/** Signing bytes with a private key, as OpenSSL does it: PKCS #1 for RSA, DER for elliptic curves. */
import { element, TAG } from '../shared/der.js';
import { type Bytes, type KeyKind, type PemKey, readPem } from '../shared/pem.js';
import { webCrypto } from '../shared/web-crypto.js';
import { hashName } from './digest.js';
import { checkKey, invalidSigningKey, unsupportedAlgorithm } from './faults.js';

/** Hash functions that the platform signs with, and how many bytes they give. */
const SIGNING_HASHES = {
  sha1: { name: 'SHA-1', bytes: 20 },
  sha256: { name: 'SHA-256', bytes: 32 },
  sha384: { name: 'SHA-384', bytes: 48 },
  sha512: { name: 'SHA-512', bytes: 64 },
} as const;

type SigningHash = (typeof SIGNING_HASHES)[keyof typeof SIGNING_HASHES];

/**
 * The signature of `data`.
 *
 * @throws RunError `unsupported-algorithm`, `missing-key`, `invalid-key`.
 */
export async function signatureOf(algorithm: string, key: string, data: Bytes): Promise<Bytes> {
  const hash = signingHash(algorithm);
  const pem = privateKeyOf(checkKey(key));
  const subtle = webCrypto();
  const { importing, signing } = signatureParameters(pem.kind, hash);
  let signature: ArrayBuffer;
  try {
    const imported = await subtle.importKey(pem.format, pem.der, importing, false, ['sign']);
    signature = await subtle.sign(signing, imported, data);
  } catch {
    // The platform's own error may quote the key.
    throw invalidSigningKey('the platform refuses it');
  }
  return isCurveKind(pem.kind) ? derOf(new Uint8Array(signature)) : new Uint8Array(signature);
}

function signingHash(algorithm: string): SigningHash {
  const name = hashName(algorithm);
  if (name !== null && isSigningHash(name)) return SIGNING_HASHES[name];
  throw unsupportedAlgorithm(Object.keys(SIGNING_HASHES));
}

function isSigningHash(name: string): name is keyof typeof SIGNING_HASHES {
  return Object.hasOwn(SIGNING_HASHES, name);
}

function privateKeyOf(text: string): PemKey {
  let pem: PemKey;
  try {
    pem = readPem(text);
  } catch (error) {
    // Only `readPem` and what it calls throws here, and its messages never quote the key.
    throw invalidSigningKey(error instanceof RangeError ? error.message : 'its form is broken');
  }
  if (pem.format === 'pkcs8') return pem;
  throw invalidSigningKey('it is a public one');
}

function isCurveKind(kind: KeyKind): boolean {
  return kind !== 'rsa' && kind !== 'rsa-pss';
}

function signatureParameters(kind: KeyKind, { name, bytes }: SigningHash) {
  if (kind === 'rsa') {
    const rsa = { name: 'RSASSA-PKCS1-v1_5', hash: name };
    return { importing: rsa, signing: rsa };
  }
  // RFC 8017, section 9.1: a salt is usually as long as the hash.
  if (kind === 'rsa-pss')
    return { importing: { name: 'RSA-PSS', hash: name }, signing: { name: 'RSA-PSS', saltLength: bytes } };
  return { importing: { name: 'ECDSA', namedCurve: kind }, signing: { name: 'ECDSA', hash: name } };
}

/** WebCrypto gives two numbers of one length in a row; OpenSSL a sequence of two integers (RFC 3279, section 2.2.3). */
function derOf(signature: Bytes): Bytes {
  const half = signature.length / 2;
  return element(TAG.sequence, integer(signature.slice(0, half)), integer(signature.slice(half)));
}

/** X.690, section 8.3: no byte more than is needed, and a leading zero where the first bit would mean a minus. */
function integer(bytes: Bytes): Bytes {
  const first = bytes.findIndex((byte) => byte !== 0);
  const digits = first < 0 ? bytes.slice(-1) : bytes.slice(first);
  return element(TAG.integer, ...((digits[0] ?? 0) >= 0x80 ? [Uint8Array.of(0)] : []), digits);
}
