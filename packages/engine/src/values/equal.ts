/** Deep equality of values: by content and type. Linear also for shared and cyclic data. */
import { MAX_DEPTH, tooDeep } from './depth.js';
import { isPlainObject } from './object.js';
import { FileRef, FlowRef, type Value, type ValueObject } from './types.js';

/** Lists and objects compared before pairs are remembered. Ordinary values stay below it and pay nothing. */
const FREE_PAIRS = 1000;

/**
 * True when both have the sameValue type and content: lists item by item in order, objects key by key in any order, dates by
 * instant, files and flow references by id.
 *
 * @throws ConversionError (`conversion`) beyond 1000 levels of nesting, which data that contains itself exceeds.
 */
export function deepEqual(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  return sameValue(a, b, 0, { pairs: 0, classes: null });
}

interface Search {
  pairs: number;
  classes: SameClasses | null;
}

function sameValue(a: Value, b: Value, depth: number, search: Search): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (depth >= MAX_DEPTH) throw tooDeep();
  if (++search.pairs > FREE_PAIRS) {
    search.classes ??= new SameClasses();
    if (!search.classes.merge(a, b)) return true;
  }
  if (Array.isArray(a)) return Array.isArray(b) && sameItems(a, b, depth, search);
  if (isPlainObject(a)) return isPlainObject(b) && sameProperties(a, b, depth, search);
  if (a instanceof Date) return b instanceof Date && a.getTime() === b.getTime();
  if (a instanceof FileRef) return b instanceof FileRef && a.id === b.id;
  return a instanceof FlowRef && b instanceof FlowRef && a.id === b.id;
}

function sameItems(a: readonly Value[], b: readonly Value[], depth: number, search: Search): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) {
    if (!sameValue(a[index] ?? null, b[index] ?? null, depth + 1, search)) return false;
  }
  return true;
}

function sameProperties(a: ValueObject, b: ValueObject, depth: number, search: Search): boolean {
  let more = 0;
  for (const key in b) if (Object.hasOwn(b, key)) more++;
  for (const key in a) {
    if (!Object.hasOwn(a, key)) continue;
    if (--more < 0 || !Object.hasOwn(b, key)) return false;
    if (!sameValue(a[key] ?? null, b[key] ?? null, depth + 1, search)) return false;
  }
  return more === 0;
}

/**
 * Values taken to be equal until a difference is found, as classes (union-find). A pair within one class needs no
 * second look, so values that share parts are compared once instead of once for every way that leads to them.
 */
export class SameClasses {
  readonly #parents = new Map<object, object>();

  /** False when both already were in one class. */
  merge(a: object, b: object): boolean {
    const rootA = this.#root(a);
    const rootB = this.#root(b);
    if (rootA === rootB) return false;
    this.#parents.set(rootA, rootB);
    return true;
  }

  #root(node: object): object {
    let root = node;
    for (let up = this.#parents.get(root); up !== undefined; up = this.#parents.get(root)) root = up;
    for (let at = node; at !== root; ) {
      const up = this.#parents.get(at) ?? root;
      this.#parents.set(at, root);
      at = up;
    }
    return root;
  }
}
