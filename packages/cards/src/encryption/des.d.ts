/** The part of des.js that is used here; the package brings no types. */
declare module 'des.js' {
  interface Options {
    readonly type: 'encrypt' | 'decrypt';
    readonly key: ArrayLike<number>;
  }
  interface BlockCipher {
    /** The bytes that are done. */
    update(data: ArrayLike<number>): number[];
    final(): number[];
  }
  interface Factory<O> {
    create(options: O): BlockCipher;
  }
  export const DES: Factory<Options>;
  export const CBC: { instantiate(base: typeof DES): Factory<Options & { readonly iv: ArrayLike<number> }> };
}
