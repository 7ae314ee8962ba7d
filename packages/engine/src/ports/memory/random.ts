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

/** Ids `run-` and 96 random bits in hexadecimal: a random part made once, counted up, so that an id costs no system call. */
export function systemIds(): Ids {
  let start = '';
  let count = 0;
  return {
    run() {
      if (start === '' || count === 0xffff) {
        const bytes = [...crypto.getRandomValues(new Uint8Array(10))]
          .map((byte) => byte.toString(16).padStart(2, '0'))
          .join('');
        start = `run-${bytes}`;
        count = 0;
      }
      return `${start}${(count++).toString(16).padStart(4, '0')}`;
    },
  };
}
