/** A cipher with its key, whatever library it comes from. */

/** A block cipher in a mode, with its key. Throws when what it decrypts was not made with that key. */
export interface Cipher {
  encrypt(data: Uint8Array): Uint8Array;
  decrypt(data: Uint8Array): Uint8Array;
}

export interface DerivedKey {
  readonly key: Uint8Array;
  /** Initialisation vector; empty where the mode has none. */
  readonly iv: Uint8Array;
}
