/** Immutable data seen as what a recipe may change: as immer's own types, without making every consumer resolve them. */

export type Draft<T> = T extends object ? { -readonly [K in keyof T]: Draft<T[K]> } : T;

/** Event data becomes part of a draft as it is; recipes replace such parts and never change them inside. */
export function castDraft<T>(value: T): Draft<T> {
  return value as Draft<T>; // the same data, seen as changeable
}
