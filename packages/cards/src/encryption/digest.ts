/** Names of hash functions, and how their result is written. */
import type { Buffer } from 'node:buffer';
import { type Field, RunError } from '@flowdeck/engine';
import type { CardsCode } from '../codes.js';

/** The usual ones, for hints; the other names below work as well. */
export const HASHES = ['md5', 'sha1', 'sha256', 'sha384', 'sha512'] as const;

const KNOWN: ReadonlySet<string> = new Set([
  ...HASHES,
  ...['blake2b512', 'blake2s256', 'md4', 'md5-sha1', 'mdc2', 'ripemd160', 'sha224', 'sha512-224', 'sha512-256'],
  ...['sha3-224', 'sha3-256', 'sha3-384', 'sha3-512', 'sm3', 'whirlpool'],
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
    'The hash function: md5, sha1, sha256, sha384, sha512 or another one of the platform. Names of OpenSSL such as RSA-SHA256 and sha256WithRSAEncryption mean the hash in them.',
  required: true,
  default: 'sha256',
} as const satisfies Field;

export const DIGEST = {
  key: 'digest',
  type: 'text',
  label: 'digest',
  description: 'How the result is written: base64, hex, or binary (one character a byte). Null: base64.',
  default: 'base64',
} as const satisfies Field;

/** The name under which the platform knows a hash function, or null. */
export function hashName(algorithm: string): string | null {
  const name = algorithm
    .trim()
    .toLowerCase()
    .replace(/^(?:rsa-|dsa-(?=sha\d)|ecdsa-with-|id-rsassa-pkcs1-v1_5-with-)/, '')
    .replace(/with(?:rsa)?(?:encryption)?$/, '')
    .replace(/^sha2?-(?=\d)/, 'sha')
    .replace(/^ripemd-/, 'ripemd')
    .replace(/^(blake2[bs])-/, '$1')
    .replace(/^sha1-2$/, 'sha1')
    .replace('/', '-');
  const known = OTHER_NAMES.get(name) ?? name;
  return KNOWN.has(known) ? known : null;
}

/** @throws RunError `unknown-digest`. */
export function written(bytes: Buffer, digest: string | null): string {
  switch (digest === null || digest === '' ? 'base64' : digest.toLowerCase()) {
    case 'base64':
      return bytes.toString('base64');
    case 'hex':
      return bytes.toString('hex');
    case 'binary':
      return bytes.toString('latin1');
    default:
      throw new RunError<CardsCode>('unknown-digest', 'There is no such digest.', {
        at: { field: 'digest' },
        hint: 'Use base64, hex or binary.',
      });
  }
}
