/** The brands by which classes of errors know one another across copies of the engine. */

/** A class of errors. */
export type ErrorClass = (abstract new (...args: never) => unknown) & { readonly prototype: object };

/** Where the prototype of each class of errors keeps its name. The symbol is the same in every copy of the engine. */
const BRAND: unique symbol = Symbol.for('flowdeck.error');

/** An object that may have a brand. */
interface Branded {
  readonly [BRAND]?: unknown;
}

/** Gives a class its brand, and the name that it is written with: a bundler may have given it another one. */
export function brand(of: { readonly prototype: Error }, name: string): void {
  Object.defineProperty(of, 'name', { value: name, configurable: true });
  Object.defineProperty(of.prototype, BRAND, { value: name });
}

function brandOf(prototype: Branded): unknown {
  return Object.hasOwn(prototype, BRAND) ? prototype[BRAND] : undefined;
}

/** Whether `value` is of a class of errors, of this copy of the engine or another. */
export function isMade(by: ErrorClass, value: unknown): boolean {
  const { prototype } = by;
  const name = brandOf(prototype);
  // A subclass that somebody else declared has no brand: JavaScript's own rule.
  if (name === undefined) return Function.prototype[Symbol.hasInstance].call(by, value);
  // Most errors that a run meets are nobody's of ours, and this tells at once.
  if (typeof value !== 'object' || value === null || !(BRAND in value)) return false;
  for (let of: object | null = value; of !== null; of = Object.getPrototypeOf(of)) {
    if (of === prototype || brandOf(of) === name) return true;
  }
  return false;
}
