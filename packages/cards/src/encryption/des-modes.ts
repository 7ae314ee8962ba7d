/// <reference path="./des.d.ts" />
/** DES, for those who still have to read or write it. A module of its own, to be loaded late. */
import { CBC, DES } from 'des.js';
import type { Cipher, DerivedKey, Pass } from './cipher-type.js';

const CHAINED = CBC.instantiate(DES);

/** Bytes that are worked on for a millisecond or two. */
const DES_AT_ONCE = 8_192;

/** Without an initialisation vector block by block (ECB), with one chained (CBC). Padded as PKCS #7 says. */
export function desCipher({ key, iv }: DerivedKey): Cipher {
  const through = (type: 'encrypt' | 'decrypt'): Pass => {
    const des = iv.length === 0 ? DES.create({ type, key }) : CHAINED.create({ type, key, iv });
    return (bytes, isLast) => Uint8Array.from([...des.update(bytes), ...(isLast ? des.final() : [])]);
  };
  return {
    atOnce: DES_AT_ONCE,
    encrypting: () => through('encrypt'),
    decrypting() {
      const pass = through('decrypt');
      let padding = 0;
      return (bytes, isLast) => {
        const made = pass(bytes, isLast);
        padding += bytes.length - made.length;
        // The library takes a padding of no bytes, which nobody writes.
        if (isLast && padding <= 0) throw new RangeError('There is no padding.');
        return made;
      };
    },
  };
}
