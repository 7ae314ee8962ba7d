/** JSONata's deep equality, of values as an expression sees them. Linear also where parts are shared. */
import { MAX_DEPTH, SameClasses } from '../values/index.js';
import { dataTooDeep, scalarOf, seenData } from './data.js';

/** Pairs that are compared before they are remembered: ordinary values stay below it and pay nothing. */
const PAIRS_UNKEPT = 1_000;

/** @throws RunError `expression-input` beyond 1000 levels. */
export function sameData(left: object, right: object): boolean {
  return new DataComparison().same(left, right, 0);
}

class DataComparison {
  #pairs = 0;
  #classes: SameClasses | null = null;

  same(left: unknown, right: unknown, depth: number): boolean {
    if (left === right) return true;
    if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null)
      return this.#asData(left) === this.#asData(right);
    if (depth > MAX_DEPTH) throw dataTooDeep();
    if (++this.#pairs > PAIRS_UNKEPT) {
      this.#classes ??= new SameClasses();
      if (!this.#classes.merge(left, right)) return true;
    }
    const [a, b] = [seenData(left), seenData(right)];
    if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
    return Array.isArray(a) && Array.isArray(b) ? this.#sameItems(a, b, depth) : this.#sameMembers(a, b, depth);
  }

  /** A date beside its text is equal to it; nothing has no parts to look into where the other is no object. */
  #asData(value: unknown): unknown {
    return typeof value === 'object' && value !== null ? seenData(value) : scalarOf(value);
  }

  #sameItems(a: readonly unknown[], b: readonly unknown[], depth: number): boolean {
    if (a.length !== b.length) return false;
    for (let at = 0; at < a.length; at++) if (!this.same(a[at] ?? null, b[at] ?? null, depth + 1)) return false;
    return true;
  }

  /** JSONata compares a list and an object by property names, where the list has "length" besides its indexes. */
  #sameMembers(left: object, right: object, depth: number): boolean {
    const names = ownNames(left);
    if (names.length !== ownNames(right).length) return false;
    // Of any object a property may be asked.
    const [a, b] = [left as Record<string, unknown>, right as Record<string, unknown>];
    return names.every((name) => Object.hasOwn(b, name) && this.same(a[name], b[name], depth + 1));
  }
}

/** Own enumerable names, as a copy of the object has them; of a list all. */
function ownNames(data: object): readonly string[] {
  return Array.isArray(data) ? Object.getOwnPropertyNames(data) : Object.keys(data);
}
