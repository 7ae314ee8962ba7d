/** Decrypt: what Encrypt or AES has locked. */
import { defineCard, RunError } from '@flowdeck/engine';
import type { CardsCode } from '../codes.js';
import { fromBase64InPieces } from '../shared/bytes.js';
import { gradually, type Pieces } from '../shared/pace.js';
import { CIPHERS, cipherOf, PASSPHRASE } from './cipher.js';
import { passThrough } from './cipher-type.js';
import { checkKey, MISSING_KEY, UNSUPPORTED } from './faults.js';

const BASE64_DIGITS = /^[A-Za-z0-9+/_-]*$/;
const ANY_BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/;

export const decrypt = defineCard({
  id: 'encryption.decrypt',
  title: 'Decrypt',
  description:
    'Opens what Encrypt or AES made with the same algorithm and passphrase. Most wrong passphrases are an error, but nothing protects against changed data.',
  kind: 'pure',
  inputs: [
    {
      key: 'algorithm',
      type: 'text',
      label: 'algorithm',
      description:
        'aes-128-cbc, aes-128-ecb, aes-256-cbc, aes-256-ecb, des-cbc or des-ecb. AES also has 192 bits and the modes cfb, cfb1, cfb8, ofb and ctr.',
      required: true,
      default: 'aes-256-cbc',
    },
    PASSPHRASE,
    {
      key: 'data',
      type: 'text',
      label: 'data',
      description: 'The encrypted bytes in base64; line breaks are skipped.',
      required: true,
    },
  ],
  outputs: [{ key: 'output', type: 'text', label: 'output', description: 'The text.' }],
  errors: {
    ...UNSUPPORTED,
    ...MISSING_KEY,
    'malformed-data': 'The data is not base64.',
    'decryption-failed': 'The data was not made with this algorithm and passphrase, or is no text.',
  },
  examples: [
    {
      in: {
        algorithm: 'aes-256-cbc',
        key: 'my secret key',
        data: 'hrDDPCtB0Cijc8EFAHhABiYEKdYBgt+e63RGV288SOI=',
      },
      out: { output: 'My secret message!' },
    },
    {
      title: 'DES',
      in: { algorithm: 'des-cbc', key: 'my secret key', data: 'rUWlEVnHz16xLhgajTHnmsUk2lJ0RR98' },
      out: { output: 'My secret message!' },
    },
    {
      title: 'Another passphrase',
      in: { algorithm: 'aes-256-cbc', key: 'other', data: 'hrDDPCtB0Cijc8EFAHhABiYEKdYBgt+e63RGV288SOI=' },
      error: 'decryption-failed',
    },
    { title: 'No data', in: { key: 'k', data: null }, error: 'decryption-failed' },
    { title: 'Not base64', in: { key: 'k', data: 'not base64!' }, error: 'malformed-data' },
    { title: 'No key', in: { key: null, data: 'AAAA' }, error: 'missing-key' },
    { title: 'No such algorithm', in: { algorithm: 'rot13', key: 'k', data: 'AAAA' }, error: 'unsupported-algorithm' },
  ],
  addresses: [{ address: 'root:kernel:crypto:0.0.1:decipher' }],
  run: (algorithm, key, data) => gradually(decrypted(algorithm, key, data)),
});

function* decrypted(algorithm: string, key: string, data: string): Pieces<{ output: string }> {
  const base64 = yield* digitsOf(data);
  const cipher = yield* cipherOf(algorithm, checkKey(key), CIPHERS);
  try {
    const bytes = yield* passThrough(cipher.decrypting(), yield* fromBase64InPieces(base64), cipher.atOnce);
    // Strict: what a wrong passphrase gives is hardly ever UTF-8.
    return { output: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    throw new RunError<CardsCode>(
      'decryption-failed',
      'The data cannot be decrypted with this algorithm and passphrase.',
      {
        at: { field: 'data' },
        hint: 'Use the algorithm and the passphrase with which it was encrypted.',
      },
    );
  }
}

/** Characters that are read in a millisecond or less. */
const READ_AT_ONCE = 65_536;

/** Base64 without the blanks in it. @throws RunError `malformed-data`. */
function* digitsOf(data: string): Pieces<string> {
  let base64 = '';
  for (let at = 0; at < data.length; at += READ_AT_ONCE) {
    if (at > 0) yield;
    base64 += data.slice(at, at + READ_AT_ONCE).replace(/\s+/g, '');
  }
  for (let at = 0; at < base64.length; at += READ_AT_ONCE) {
    if (at > 0) yield;
    const isLast = at + READ_AT_ONCE + PADDING >= base64.length;
    const part = isLast ? base64.slice(at) : base64.slice(at, at + READ_AT_ONCE);
    if (!(isLast ? ANY_BASE64 : BASE64_DIGITS).test(part)) throw malformed();
    if (isLast) break;
  }
  return base64;
}

/** What base64 ends with has at most so many characters. */
const PADDING = 2;

function malformed(): RunError {
  return new RunError<CardsCode>('malformed-data', 'The data is not base64.', {
    at: { field: 'data' },
    hint: 'Give what Encrypt or AES gave.',
  });
}
