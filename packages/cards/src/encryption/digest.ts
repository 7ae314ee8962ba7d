/** Names of hash functions, and how their result is written. */
import { type Field, RunError } from '@flowdeck/engine';
import { hmac } from '@noble/hashes/hmac.js';
import { md5, ripemd160, sha1 } from '@noble/hashes/legacy.js';
import { sha224, sha256, sha384, sha512, sha512_224, sha512_256 } from '@noble/hashes/sha2.js';
import type { CHash, Hash } from '@noble/hashes/utils.js';
import type { CardsCode } from '../codes.js';
import { base64, base64url, hex, latin1 } from '../shared/bytes.js';
import { type Pieces, settled } from '../shared/pace.js';
import { unsupportedAlgorithm } from './faults.js';

/** The usual ones, for hints; the other names below work as well. */
export const HASHES = ['md5', 'sha1', 'sha256', 'sha384', 'sha512'] as const;

const AT_HAND: ReadonlyMap<string, CHash> = new Map([
  ['md5', md5],
  ['ripemd160', ripemd160],
  ['sha1', sha1],
  ['sha224', sha224],
  ['sha256', sha256],
  ['sha384', sha384],
  ['sha512', sha512],
  ['sha512-224', sha512_224],
  ['sha512-256', sha512_256],
]);
const RARE: ReadonlySet<string> = new Set([
  ...['blake2b512', 'blake2s256', 'sha3-224', 'sha3-256', 'sha3-384', 'sha3-512'],
]);
/** Old names of OpenSSL, some of them of a signature with the hash in it. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ['dsa', 'sha1'],
  ['dsa-sha', 'sha1'],
  ['dsaencryption', 'sha1'],
  ['dsawithsha', 'sha1'],
  ['dss1', 'sha1'],
  ['ripemd', 'ripemd160'],
  ['rmd160', 'ripemd160'],
  ['ssl2-md5', 'md5'],
  ['ssl3-md5', 'md5'],
  ['ssl3-sha1', 'sha1'],
]);

export const ALGORITHM = {
  key: 'algorithm',
  type: 'text',
  label: 'algorithm',
  description:
    'The hash function: md5, sha1, sha256, sha384 or sha512; also sha224, sha512-224, sha512-256, ripemd160, sha3-224 to sha3-512, blake2b512 and blake2s256. Names of OpenSSL such as RSA-SHA256 and sha256WithRSAEncryption mean the hash in them.',
  required: true,
  default: 'sha256',
} as const satisfies Field;

export const DATA = {
  key: 'data',
  type: 'text',
  label: 'data',
  description: 'The text. Null is an empty one.',
  required: true,
} as const satisfies Field;

export const DIGEST = {
  key: 'digest',
  type: 'text',
  label: 'digest',
  description: 'How the result is written: base64, base64url, hex, or binary (one character a byte). Null: base64.',
  default: 'base64',
} as const satisfies Field;

/** For the cards whose result is hexadecimal unless told otherwise. */
export const HEX_DIGEST = {
  ...DIGEST,
  description: 'How the result is written: hex, base64, base64url, or binary (one character a byte). Null: hex.',
  default: 'hex',
} as const satisfies Field;

/** Far more characters than any name has. */
const LONGEST_HASH_NAME = 100;

/** The one name of a hash function, or null when there is none of that name here. */
export function hashName(algorithm: string): string | null {
  const given = algorithm.trim();
  if (given.length > LONGEST_HASH_NAME) return null;
  const name = given
    .toLowerCase()
    .replace(/^(?:rsa-|dsa-(?=sha\d)|ecdsa-with-|id-rsassa-pkcs1-v1_5-with-)/, '')
    .replace(/with(?:rsa)?(?:encryption)?$/, '')
    .replace(/^sha2?-(?=\d)/, 'sha')
    .replace(/^ripemd-/, 'ripemd')
    .replace(/^(blake2[bs])-/, '$1')
    .replace(/^sha1-2$/, 'sha1')
    .replace('/', '-');
  const known = OTHER_NAMES.get(name) ?? name;
  return AT_HAND.has(known) || RARE.has(known) ? known : null;
}

/**
 * The hash of `data`, and with a key its HMAC (RFC 2104). It waits for a function that has to be loaded.
 *
 * @throws RunError `unsupported-algorithm`.
 */
export function* digestOf(algorithm: string, data: Uint8Array, key?: Uint8Array): Pieces<Uint8Array> {
  const name = hashName(algorithm);
  if (name === null) throw unsupportedAlgorithm(HASHES);
  const hash = yield* settled(AT_HAND.get(name) ?? loadRare(name));
  if (key === undefined) return yield* hashed(hash.create(), [data]);
  // RFC 2104, section 2: of a key that is longer than a block, its hash is the key.
  const short = key.length > hash.blockLen ? yield* hashed(hash.create(), [key]) : key;
  return yield* hashed(hmac.create(hash, short), [data]);
}

/** Bytes that are hashed in a millisecond or less. */
const HASHED_AT_ONCE = 32_768;

/** What comes of all the parts, one after the other. */
export function* hashed(sum: Hash<unknown>, parts: readonly Uint8Array[]): Pieces<Uint8Array> {
  for (const part of parts) {
    for (let at = 0; at < part.length; at += HASHED_AT_ONCE) {
      if (at > 0) yield;
      sum.update(part.subarray(at, at + HASHED_AT_ONCE));
    }
  }
  return sum.digest();
}

async function loadRare(name: string): Promise<CHash> {
  const { RARE_HASHES } = await import('./rare-hashes.js');
  const hash = RARE_HASHES.get(name);
  if (hash === undefined) throw unsupportedAlgorithm(HASHES);
  return hash;
}

/**
 * @param absent What null and an empty text mean.
 * @throws RunError `unknown-digest`.
 */
export function written(bytes: Uint8Array, digest: string | null, absent: 'base64' | 'hex' = 'base64'): string {
  switch (digest === null || digest === '' ? absent : digest.toLowerCase()) {
    case 'base64':
      return base64(bytes);
    case 'base64url':
      return base64url(bytes);
    case 'hex':
      return hex(bytes);
    case 'binary':
      return latin1(bytes);
    default:
      throw new RunError<CardsCode>('unknown-digest', 'There is no such digest.', {
        at: { field: 'digest' },
        hint: 'Use base64, base64url, hex or binary.',
      });
  }
}
