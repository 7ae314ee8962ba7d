/** AES in the modes that the library has, and in those that it leaves to others. A module of its own, to be loaded late. */
import { cbc, cfb, ctr, ecb, unsafe } from '@noble/ciphers/aes.js';
import type { Cipher, DerivedKey, Pass } from './cipher-type.js';

/** Bytes that are worked on for a millisecond or two, by how many blocks have to be encrypted for each. */
const WHOLE_BLOCKS = 32_768;
const BLOCK_PER_BYTE = 4_096;
const BLOCK_PER_BIT = 512;

/** @param mode One of cbc, ecb, ctr, cfb, cfb8, cfb1, ofb. */
export function aesCipher(mode: string, { key, iv }: DerivedKey): Cipher {
  switch (mode) {
    case 'ecb':
      return chained(iv, (_, isLast) => ecb(key, paddedAt(isLast)));
    case 'ctr':
      return bothWays(WHOLE_BLOCKS, () => counting(key, iv));
    case 'cfb':
      return chained(iv, (before) => cfb(key, before));
    case 'ofb':
      return bothWays(WHOLE_BLOCKS, () => ofb(key, iv));
    case 'cfb8':
      return shifting(key, iv, 8);
    case 'cfb1':
      return shifting(key, iv, 1);
    default:
      return chained(iv, (before, isLast) => cbc(key, before, paddedAt(isLast)));
  }
}

const BLOCK_BYTES = 16;

interface AtOnce {
  encrypt(data: Uint8Array): Uint8Array;
  decrypt(data: Uint8Array): Uint8Array;
}

/**
 * A mode whose pieces hang together by the encrypted block in front of each, which is the initialisation vector for the first.
 * NIST SP 800-38A, sections 6.1 to 6.3.
 */
function chained(iv: Uint8Array, make: (before: Uint8Array, isLast: boolean) => AtOnce): Cipher {
  const pass = (use: (cipher: AtOnce, bytes: Uint8Array) => Uint8Array, encrypted: Encrypted): Pass => {
    let before = iv;
    return (bytes, isLast) => {
      const made = use(make(before, isLast), bytes);
      before = lastBlock(encrypted === 'made' ? made : bytes);
      return made;
    };
  };
  return {
    atOnce: WHOLE_BLOCKS,
    encrypting: () => pass((cipher, bytes) => cipher.encrypt(bytes), 'made'),
    decrypting: () => pass((cipher, bytes) => cipher.decrypt(bytes), 'given'),
  };
}

/** Which of the two sides of a pass is the encrypted one. */
type Encrypted = 'made' | 'given';

/** Only the last block is padded. */
const paddedAt = (isLast: boolean) => ({ disablePadding: !isLast });

function lastBlock(bytes: Uint8Array): Uint8Array {
  return bytes.slice(-BLOCK_BYTES);
}

/** A mode that does the same in both directions. */
function bothWays(atOnce: number, pass: () => Pass): Cipher {
  return { atOnce, encrypting: pass, decrypting: pass };
}

/** NIST SP 800-38A, section 6.5: the counter goes up by one for each block. */
function counting(key: Uint8Array, iv: Uint8Array): Pass {
  const counter = iv.slice();
  return (bytes) => {
    const made = ctr(key, counter).encrypt(bytes);
    countOn(counter, Math.ceil(bytes.length / BLOCK_BYTES));
    return made;
  };
}

function countOn(counter: Uint8Array, blocks: number): void {
  let carried = blocks;
  for (let at = counter.length - 1; at >= 0 && carried > 0; at--) {
    const sum = (counter[at] ?? 0) + carried; // within the length
    counter[at] = sum & 255;
    carried = sum >> 8;
  }
}

/** NIST SP 800-38A, section 6.4: the cipher's own output is encrypted on and on, and laid over the data. */
function ofb(key: Uint8Array, iv: Uint8Array): Pass {
  const expanded = unsafe.expandKeyLE(key);
  const pad = iv.slice();
  return (bytes) =>
    bytes.map((byte, index) => {
      if (index % BLOCK_BYTES === 0) unsafe.encryptBlock(expanded, pad);
      return byte ^ (pad[index % BLOCK_BYTES] ?? 0);
    });
}

/**
 * NIST SP 800-38A, section 6.3, in segments of a byte or a bit: each segment is laid over the front of the encrypted
 * register, and what was sent is shifted into the register from behind.
 */
function shifting(key: Uint8Array, iv: Uint8Array, segment: 1 | 8): Cipher {
  const over = (sent: (before: number, after: number) => number): Pass => {
    const expanded = unsafe.expandKeyLE(key);
    const register = iv.slice();
    const mask = (1 << segment) - 1;
    return (bytes) =>
      bytes.map((byte) => {
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
    atOnce: segment === 1 ? BLOCK_PER_BIT : BLOCK_PER_BYTE,
    encrypting: () => over((_, after) => after),
    decrypting: () => over((before) => before),
  };
}

function shiftIn(register: Uint8Array, bits: number, segment: number): void {
  for (let at = 0; at < BLOCK_BYTES; at++) {
    const next = at === BLOCK_BYTES - 1 ? bits << (8 - segment) : (register[at + 1] ?? 0);
    // What does not fit into a byte falls away.
    register[at] = ((register[at] ?? 0) << segment) | (next >> (8 - segment));
  }
}
