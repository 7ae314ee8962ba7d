/** The brands by which classes of errors know one another across copies of the engine. */

/** A class of errors. */
export type ErrorClass = (abstract new (...args: never) => unknown) & { readonly prototype: object };

/** Where the prototype of each class of errors keeps its name. The symbol is the same in every copy of the engine. */
const BRAND = Symbol.for('flowdeck.error');

/** Gives a class its brand, and the name that it is written with: a bundler may have given it another one. */
export function brand(of: { readonly prototype: Error }, name: string): void {
  Object.defineProperty(of, 'name', { value: name, configurable: true });
  Object.defineProperty(of.prototype, BRAND, { value: name });
}

function brandOf(prototype: object): unknown {
  return Object.getOwnPropertyDescriptor(prototype, BRAND)?.value;
}

/** Whether `value` is of a class of errors, of this copy of the engine or another. */
export function isMade(by: ErrorClass, value: unknown): boolean {
  const { prototype } = by;
  const name = brandOf(prototype);
  // A subclass that somebody else declared has no brand: JavaScript's own rule.
  if (name === undefined) return Function.prototype[Symbol.hasInstance].call(by, value);
  if (typeof value !== 'object') return false;
  for (let of: object | null = value; of !== null; of = Object.getPrototypeOf(of)) {
    if (of === prototype || brandOf(of) === name) return true;
  }
  return false;
}
