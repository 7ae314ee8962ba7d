/** Ciphers with a passphrase, as OpenSSL and Node once derived their keys: unsalted, one round of MD5. */
import type { Field } from '@flowdeck/engine';
import { md5 } from '@noble/hashes/legacy.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { base64InPieces, utf8 } from '../shared/bytes.js';
import { type Pieces, settled } from '../shared/pace.js';
import { type Cipher, type DerivedKey, passThrough } from './cipher-type.js';
import { hashed } from './digest.js';
import { unsupportedAlgorithm } from './faults.js';

/** The usual ones, for hints. AES also works with 192 bits and in the modes cfb, cfb1, cfb8, ofb and ctr. */
export const CIPHERS = ['aes-128-cbc', 'aes-128-ecb', 'aes-256-cbc', 'aes-256-ecb', 'des-cbc', 'des-ecb'] as const;
export const AES_CIPHERS = [
  'aes-128-cbc',
  'aes-128-ecb',
  'aes-192-cbc',
  'aes-192-ecb',
  'aes-256-cbc',
  'aes-256-ecb',
] as const;

const AES = /^aes-?(128|192|256)(?:-(cbc|ecb|cfb|cfb1|cfb8|ofb|ctr))?$/;
const DES = /^des(?:-(cbc|ecb))?$/;

export const PASSPHRASE = {
  key: 'key',
  type: 'text',
  label: 'key',
  description: 'The passphrase. Key and initialisation vector are derived from it without salt.',
  required: true,
  secret: true,
} as const satisfies Field;

/**
 * The cipher of that name, with the key of that passphrase. AES and DES are loaded when a flow uses them: their tables
 * take longer to build than all cards together take to load.
 *
 * @throws RunError `unsupported-algorithm`, with `known` in its hint.
 */
export function* cipherOf(algorithm: string, passphrase: string, known: readonly string[]): Pieces<Cipher> {
  const asked = algorithm.trim().toLowerCase();
  const aes = AES.exec(asked);
  if (aes) {
    const [, bits = '', mode = 'cbc'] = aes;
    const { aesCipher } = yield* settled(import('./aes-modes.js'));
    return aesCipher(mode, yield* derive(passphrase, Number(bits) / 8, mode === 'ecb' ? 0 : 16));
  }
  const des = DES.exec(asked);
  if (!des) throw unsupportedAlgorithm(known);
  const { desCipher } = yield* settled(import('./des-modes.js'));
  return desCipher(yield* derive(passphrase, 8, des[1] === 'ecb' ? 0 : 8));
}

/** The text encrypted, in base64. */
export function* encrypted(making: Pieces<Cipher>, data: string): Pieces<{ output: string }> {
  const cipher = yield* making;
  const bytes = yield* passThrough(cipher.encrypting(), utf8(data), cipher.atOnce);
  return { output: yield* base64InPieces(bytes) };
}

/** EVP_BytesToKey: MD5 of what came before and the passphrase, until there are bytes enough. */
function* derive(passphrase: string, keyLength: number, ivLength: number): Pieces<DerivedKey> {
  const secret = utf8(passphrase);
  let bytes = new Uint8Array();
  let last: Uint8Array = new Uint8Array();
  while (bytes.length < keyLength + ivLength) {
    last = yield* hashed(md5.create(), [last, secret]);
    bytes = concatBytes(bytes, last);
  }
  return { key: bytes.slice(0, keyLength), iv: bytes.slice(keyLength, keyLength + ivLength) };
}
