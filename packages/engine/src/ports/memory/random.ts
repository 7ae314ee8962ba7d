/** Randomness and run ids from the platform's cryptographic source. */
import type { Ids } from '../ids.js';
import type { Random } from '../random.js';

/** Random numbers and bytes of the machine (`crypto.getRandomValues`). */
export function systemRandom(): Random {
  return {
    number: () => {
      const words = crypto.getRandomValues(new Uint32Array(2));
      // 53 random bits, as in Math.random.
      return ((words[0] ?? 0) * 0x200000 + ((words[1] ?? 0) >>> 11)) / 0x20000000000000;
    },
    bytes: (count) => {
      const bytes = new Uint8Array(count);
      // getRandomValues takes at most 65,536 bytes at a time.
      for (let at = 0; at < count; at += 65_536)
        crypto.getRandomValues(bytes.subarray(at, Math.min(at + 65_536, count)));
      return bytes;
    },
  };
}

const BYTES = 256;

/** Ids `run-` and 96 random bits in hexadecimal: a random part made once, counted up, so that an id costs no system call. */
export function systemIds(): Ids {
  /** `00` to `ff`, made with the first id. */
  let bytes: readonly string[] = [];
  let random = '';
  let high = 0;
  let prefix = '';
  let low = BYTES;
  return {
    run() {
      if (low === BYTES) {
        if (bytes.length === 0) bytes = Array.from({ length: BYTES }, (_, byte) => inHex(byte));
        if (high === 0) random = `run-${Array.from(crypto.getRandomValues(new Uint8Array(10)), inHex).join('')}`;
        prefix = random + bytes[high];
        high = (high + 1) % BYTES;
        low = 0;
      }
      return prefix + bytes[low++];
    },
  };
}

function inHex(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}
