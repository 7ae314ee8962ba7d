/** AES in the modes that the library has, and in those that it leaves to others. A module of its own, to be loaded late. */
import { cbc, cfb, ctr, ecb, unsafe } from '@noble/ciphers/aes.js';
import type { Cipher, DerivedKey } from './cipher-type.js';

/** @param mode One of cbc, ecb, ctr, cfb, cfb8, cfb1, ofb. */
export function aesCipher(mode: string, { key, iv }: DerivedKey): Cipher {
  switch (mode) {
    case 'ecb':
      return ecb(key);
    case 'ctr':
      return ctr(key, iv);
    case 'cfb':
      return cfb(key, iv);
    case 'ofb':
      return ofb(key, iv);
    case 'cfb8':
      return shifting(key, iv, 8);
    case 'cfb1':
      return shifting(key, iv, 1);
    default:
      return cbc(key, iv);
  }
}

const BLOCK_BYTES = 16;

/** NIST SP 800-38A, section 6.4: the cipher's own output is encrypted on and on, and laid over the data. */
function ofb(key: Uint8Array, iv: Uint8Array): Cipher {
  const over = (data: Uint8Array) => {
    const expanded = unsafe.expandKeyLE(key);
    const pad = iv.slice();
    return data.map((byte, index) => {
      if (index % BLOCK_BYTES === 0) unsafe.encryptBlock(expanded, pad);
      return byte ^ (pad[index % BLOCK_BYTES] ?? 0);
    });
  };
  return { encrypt: over, decrypt: over };
}

/**
 * NIST SP 800-38A, section 6.3, in segments of a byte or a bit: each segment is laid over the front of the encrypted
 * register, and what was sent is shifted into the register from behind.
 */
function shifting(key: Uint8Array, iv: Uint8Array, segment: 1 | 8): Cipher {
  const over = (data: Uint8Array, sent: (before: number, after: number) => number) => {
    const expanded = unsafe.expandKeyLE(key);
    const register = iv.slice();
    const mask = (1 << segment) - 1;
    return data.map((byte) => {
      let result = 0;
      for (let left = 8 - segment; left >= 0; left -= segment) {
        const pad = unsafe.encryptBlock(expanded, register.slice())[0] ?? 0;
        const before = (byte >> left) & mask;
        const after = before ^ (pad >> (8 - segment));
        result |= after << left;
        shiftIn(register, sent(before, after), segment);
      }
      return result;
    });
  };
  return {
    encrypt: (data) => over(data, (_, after) => after),
    decrypt: (data) => over(data, (before) => before),
  };
}

function shiftIn(register: Uint8Array, bits: number, segment: number): void {
  for (let at = 0; at < BLOCK_BYTES; at++) {
    const next = at === BLOCK_BYTES - 1 ? bits << (8 - segment) : (register[at + 1] ?? 0);
    // What does not fit into a byte falls away.
    register[at] = ((register[at] ?? 0) << segment) | (next >> (8 - segment));
  }
}
