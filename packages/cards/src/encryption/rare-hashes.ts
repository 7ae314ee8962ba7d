/** Hash functions that few flows ask for. A module of its own, to be loaded late: its tables take time to build. */
import { blake2b, blake2s } from '@noble/hashes/blake2.js';
import { sha3_224, sha3_256, sha3_384, sha3_512 } from '@noble/hashes/sha3.js';
import type { CHash } from '@noble/hashes/utils.js';

export const RARE_HASHES: ReadonlyMap<string, CHash> = new Map<string, CHash>([
  ['blake2b512', blake2b],
  ['blake2s256', blake2s],
  ['sha3-224', sha3_224],
  ['sha3-256', sha3_256],
  ['sha3-384', sha3_384],
  ['sha3-512', sha3_512],
]);
