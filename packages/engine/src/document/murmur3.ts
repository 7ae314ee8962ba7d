/** MurmurHash3, the x86 variant with 128 bits (Austin Appleby, public domain): well spread, not secure. */
import { utf8 } from './utf8.js';

const C1 = 0x239b961b;
const C2 = 0xab0e9789;
const C3 = 0x38b34ae5;
const C4 = 0xa1e38b93;

/** The hash of a text in UTF-8, seed 0: 32 hexadecimal digits. */
export function digestOf(text: string): string {
  return murmur3(utf8(text), 0)
    .map((word) => word.toString(16).padStart(8, '0'))
    .join('');
}

/** @returns the four 32-bit words of the hash, unsigned. */
export function murmur3(bytes: Uint8Array, seed: number): [number, number, number, number] {
  let h1 = seed;
  let h2 = seed;
  let h3 = seed;
  let h4 = seed;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tail = bytes.length - (bytes.length % 16);

  for (let at = 0; at < tail; at += 16) {
    h1 ^= scramble(view.getUint32(at, true), C1, 15, C2);
    h1 = (Math.imul(rotate(h1, 19) + h2, 5) + 0x561ccd1b) | 0;
    h2 ^= scramble(view.getUint32(at + 4, true), C2, 16, C3);
    h2 = (Math.imul(rotate(h2, 17) + h3, 5) + 0x0bcaa747) | 0;
    h3 ^= scramble(view.getUint32(at + 8, true), C3, 17, C4);
    h3 = (Math.imul(rotate(h3, 15) + h4, 5) + 0x96cd1c35) | 0;
    h4 ^= scramble(view.getUint32(at + 12, true), C4, 18, C1);
    h4 = (Math.imul(rotate(h4, 13) + h1, 5) + 0x32ac3b17) | 0;
  }

  // The rest counts as if zeros followed: scrambling zero gives zero, so absent words change nothing.
  const rest = [0, 0, 0, 0];
  for (let at = tail; at < bytes.length; at++) {
    const offset = at - tail;
    rest[offset >> 2] = (rest[offset >> 2] ?? 0) | ((bytes[at] ?? 0) << ((offset & 3) * 8));
  }
  const [word1 = 0, word2 = 0, word3 = 0, word4 = 0] = rest;
  h4 ^= scramble(word4, C4, 18, C1);
  h3 ^= scramble(word3, C3, 17, C4);
  h2 ^= scramble(word2, C2, 16, C3);
  h1 ^= scramble(word1, C1, 15, C2);

  return mix(h1 ^ bytes.length, h2 ^ bytes.length, h3 ^ bytes.length, h4 ^ bytes.length);
}

function mix(a: number, b: number, c: number, d: number): [number, number, number, number] {
  const sum = (a + b + c + d) | 0;
  const f1 = avalanche(sum);
  const f2 = avalanche((b + sum) | 0);
  const f3 = avalanche((c + sum) | 0);
  const f4 = avalanche((d + sum) | 0);
  const total = (f1 + f2 + f3 + f4) | 0;
  return [total >>> 0, (f2 + total) >>> 0, (f3 + total) >>> 0, (f4 + total) >>> 0];
}

function scramble(word: number, before: number, bits: number, after: number): number {
  return Math.imul(rotate(Math.imul(word, before), bits), after);
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

function avalanche(word: number): number {
  let mixed = word ^ (word >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
