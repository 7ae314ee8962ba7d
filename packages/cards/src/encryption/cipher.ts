/** Ciphers with a passphrase, as OpenSSL and Node once derived their keys: unsalted, one round of MD5. */
import { Buffer } from 'node:buffer';
import type { Field } from '@flowdeck/engine';
import { crypto } from '../shared/node.js';
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

interface Cipher {
  /** What the platform calls it. */
  readonly name: string;
  readonly key: Buffer;
  readonly iv: Buffer | null;
}

/** @throws RunError `unsupported-algorithm`. */
export function encrypt(algorithm: string, passphrase: string, data: string, known: readonly string[]): string {
  const { name, key, iv } = cipherOf(algorithm, passphrase, known);
  const cipher = crypto().createCipheriv(name, key, iv);
  return Buffer.concat([cipher.update(data, 'utf8'), cipher.final()]).toString('base64');
}

/** Throws the platform's error when the passphrase or the algorithm is another one. */
export function decrypt(algorithm: string, passphrase: string, data: Buffer, known: readonly string[]): Buffer {
  const { name, key, iv } = cipherOf(algorithm, passphrase, known);
  const decipher = crypto().createDecipheriv(name, key, iv);
  return Buffer.concat([decipher.update(data), decipher.final()]);
}

function cipherOf(algorithm: string, passphrase: string, known: readonly string[]): Cipher {
  const asked = algorithm.trim().toLowerCase();
  const aes = AES.exec(asked);
  if (aes) {
    const [, bits = '', mode = 'cbc'] = aes;
    const { key, iv } = derive(passphrase, Number(bits) / 8, mode === 'ecb' ? 0 : 16);
    return { name: `aes-${bits}-${mode}`, key, iv };
  }
  const des = DES.exec(asked);
  if (!des) throw unsupportedAlgorithm(known);
  const { key, iv } = derive(passphrase, 8, des[1] === 'ecb' ? 0 : 8);
  // Platforms have dropped DES but kept triple DES, which is DES when all three keys are the same.
  return { name: des[1] === 'ecb' ? 'des-ede3' : 'des-ede3-cbc', key: Buffer.concat([key, key, key]), iv };
}

/** EVP_BytesToKey: MD5 of what came before and the passphrase, until there are bytes enough. */
function derive(passphrase: string, keyLength: number, ivLength: number): { key: Buffer; iv: Buffer | null } {
  let bytes = Buffer.alloc(0);
  let last = Buffer.alloc(0);
  while (bytes.length < keyLength + ivLength) {
    last = crypto().createHash('md5').update(last).update(passphrase, 'utf8').digest();
    bytes = Buffer.concat([bytes, last]);
  }
  const iv = ivLength === 0 ? null : bytes.subarray(keyLength, keyLength + ivLength);
  return { key: bytes.subarray(0, keyLength), iv };
}
