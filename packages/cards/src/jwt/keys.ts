/** Reads keys: a shared secret for HS, PEM for all others, and never one for the other. */
import { Buffer } from 'node:buffer';
import type { KeyObject } from 'node:crypto';
import { crypto } from '../shared/node.js';
import { ALGORITHMS, type Algorithm } from './algorithms.js';
import { fault } from './faults.js';

export type Key = Uint8Array | KeyObject;

const PEM = /-----BEGIN [A-Z0-9 ]+-----/;
const HINT =
  'HS takes a shared secret, RS and PS an RSA key of 2048 bits or more in PEM, ES an elliptic-curve key in PEM.';

/** @throws RunError `invalid-key`. */
export function signingKey(text: string, algorithm: Algorithm): Key {
  return algorithm.family === 'HS' ? secret(text) : pem(text, algorithm, crypto().createPrivateKey);
}

/** @throws RunError `invalid-key`. */
export function verifyingKey(text: string, algorithm: Algorithm): Key {
  return algorithm.family === 'HS' ? secret(text) : pem(text, algorithm, crypto().createPublicKey);
}

/** What a token may be signed by when nobody says: the key's own kind decides, never the token. */
export function algorithmsFor(text: string): readonly string[] {
  if (!PEM.test(text)) return ALGORITHMS.filter((name) => name.startsWith('HS'));
  const elliptic = readPem(text, crypto().createPublicKey).asymmetricKeyType === 'ec';
  return ALGORITHMS.filter((name) => (elliptic ? name.startsWith('ES') : /^[RP]S/.test(name)));
}

export function invalidKey(cause?: unknown): Error {
  return fault('invalid-key', 'The key cannot be used with this algorithm.', HINT, 'key', cause);
}

/** A public key as a secret would let everybody sign who knows it (RFC 8725, section 2.1). */
function secret(text: string): Uint8Array {
  if (text === '' || PEM.test(text)) throw invalidKey();
  return Buffer.from(text, 'utf8');
}

function pem(text: string, { family }: Algorithm, read: (pem: string) => KeyObject): KeyObject {
  const key = readPem(text, read);
  const type = key.asymmetricKeyType ?? '';
  const fits = family === 'ES' ? type === 'ec' : type === 'rsa' || (family === 'PS' && type === 'rsa-pss');
  if (!fits) throw invalidKey();
  return key;
}

function readPem(text: string, read: (pem: string) => KeyObject): KeyObject {
  if (!PEM.test(text)) throw invalidKey();
  try {
    // Keys out of JSON files often still have their line breaks escaped.
    return read(text.replaceAll('\\n', '\n'));
  } catch {
    // The platform's own error may quote the key.
    throw invalidKey();
  }
}
