/// <reference path="./des.d.ts" />
/** DES, for those who still have to read or write it. A module of its own, to be loaded late. */
import { CBC, DES } from 'des.js';
import type { Cipher, DerivedKey } from './cipher-type.js';

const CHAINED = CBC.instantiate(DES);

/** Without an initialisation vector block by block (ECB), with one chained (CBC). Padded as PKCS #7 says. */
export function desCipher({ key, iv }: DerivedKey): Cipher {
  const through = (type: 'encrypt' | 'decrypt', data: Uint8Array) => {
    const des = iv.length === 0 ? DES.create({ type, key }) : CHAINED.create({ type, key, iv });
    return Uint8Array.from([...des.update(data), ...des.final()]);
  };
  return {
    encrypt: (data) => through('encrypt', data),
    decrypt(data) {
      const bytes = through('decrypt', data);
      // The library takes a padding of no bytes, which nobody writes.
      if (bytes.length >= data.length) throw new RangeError('There is no padding.');
      return bytes;
    },
  };
}
