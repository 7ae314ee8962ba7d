/** Paths of names and literal indexes: fast while they meet objects, JSONata's mapping where they meet lists. */

import { FlowRef } from '../values/index.js';
import type { PathStep } from './ast.js';
import { dateText, instanceData } from './data.js';
import { limitError } from './faults.js';
import { computed, type Evaluator, inSlot, type Term } from './term.js';
import type { BindPath, ExpressionLimits } from './types.js';

/** A path whose root `bindPath` resolves. */
export function compilePath<F>(
  steps: readonly [PathStep, ...PathStep[]],
  bindPath: BindPath<F>,
  limits: ExpressionLimits,
): Term<F> {
  const [root] = steps;
  // The binder may not skip an index, and stops at the first step that has one.
  const indexed = steps.findIndex((step) => step.indexes.length > 0);
  const offered = steps.slice(1, indexed === -1 ? undefined : indexed + 1).map((step) => step.name);
  const bound = bindPath(root.name, offered);
  if (bound === null) return computed(() => undefined);
  const consumed = Math.min(Math.max(bound.consumed, 0), offered.length);
  const { read } = bound;
  const tail = steps.slice(consumed + 1);
  const indexes = steps[consumed]?.indexes ?? [];
  if (indexes.length > 0 || tail.some((step) => step.indexes.length > 0)) {
    const walk = walker(tail, limits);
    return computed((frame) => leaf(walk(pick(read(frame), indexes))));
  }
  const followed = names(read, tail, limits);
  const { slot = null } = bound;
  if (slot === null || tail.length > 2 || tail.some((step) => isUncommon(step.name))) return computed(followed);
  return inSlot(slot, tail[0]?.name ?? null, tail[1]?.name ?? null, followed);
}

/** A path without indexes. The usual lengths have no loop: this is where most time of most expressions goes. */
function names<F>(read: (frame: F) => unknown, tail: readonly PathStep[], limits: ExpressionLimits): Evaluator<F> {
  const [first, second, third] = tail;
  if (first === undefined) return (frame) => leaf(read(frame));
  const get1 = getter(first.name);
  // Lists are only looked for where an object would have given nothing.
  if (second === undefined) {
    return (frame) => {
      const value = read(frame);
      const one = get1(value);
      return leaf(one === undefined && Array.isArray(value) ? map(value, tail, 0, limits) : one);
    };
  }
  const get2 = getter(second.name);
  if (third === undefined) {
    return (frame) => {
      const value = read(frame);
      const one = get1(value);
      if (one === undefined) return Array.isArray(value) ? leaf(map(value, tail, 0, limits)) : undefined;
      const two = get2(one);
      return leaf(two === undefined && Array.isArray(one) ? map(one, tail, 1, limits) : two);
    };
  }
  const walk = walker(tail, limits);
  return (frame) => leaf(walk(read(frame)));
}

/** A date is its ISO text wherever a path ends at it. Inside lists and objects that are handed on, it stays a date. */
function leaf(value: unknown): unknown {
  return typeof value === 'object' && value instanceof Date ? dateText(value) : value;
}

function walker(tail: readonly PathStep[], limits: ExpressionLimits): (value: unknown) => unknown {
  const getters = tail.map((step) => getter(step.name));
  return (start) => {
    let value = start;
    for (let index = 0; index < tail.length; index++) {
      const next = getters[index]!(value); // as many as steps
      if (next === undefined) return Array.isArray(value) ? map(value, tail, index, limits) : undefined;
      const { indexes } = tail[index]!; // within the length
      value = indexes.length > 0 ? pick(next, indexes) : next;
    }
    return value;
  };
}

/** Reads one own property. Of a list, undefined. */
function getter(name: string): (value: unknown) => unknown {
  if (!isUncommon(name)) {
    return (value) => {
      if (typeof value !== 'object' || value === null) return undefined;
      // Faster than asking for the owner first: no list, date or prototype has a property of such a name.
      const found = (value as Readonly<Record<string, unknown>>)[name];
      return found === undefined || !(value instanceof FlowRef) ? found : own(value, name);
    };
  }
  return (value) => own(value, name);
}

/** True for names that an object inherits, or that a list or a date has. */
function isUncommon(name: string): boolean {
  return name in Array.prototype || name in Date.prototype || /^\d/.test(name);
}

function own(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const data = instanceData(value);
  return data !== null && Object.hasOwn(data, name) ? data[name] : undefined;
}

/** The item at literal indexes, one after the other. What is no list counts as a list of one. */
function pick(value: unknown, indexes: readonly number[]): unknown {
  let at = value;
  for (const index of indexes) {
    if (Array.isArray(at)) at = at[index < 0 ? at.length + index : index];
    else if (index !== 0 && index !== -1) return undefined;
    if (at === undefined) return undefined;
  }
  return at;
}

/** The steps from `from` on, for each item of a list; what they give is flattened by one level per step. */
function map(list: readonly unknown[], steps: readonly PathStep[], from: number, limits: ExpressionLimits): unknown {
  const gathering = new Gathering(limits);
  let items = list;
  for (let at = from; at < steps.length; at++) {
    const { name, indexes } = steps[at]!; // within the length
    const found: unknown[] = [];
    let results = 0;
    let only: unknown;
    for (const item of items) {
      const value = gathering.values(item, name);
      if (indexes.length === 0 && value === undefined) continue;
      const picked = pick(value, indexes);
      results++;
      only = picked;
      if (picked !== undefined) gathering.add(found, picked);
    }
    // The one list at the end of a path stays as it is, also with one item or none.
    if (at === steps.length - 1 && results === 1 && Array.isArray(only)) return only;
    if (found.length === 0) return undefined;
    items = found;
  }
  return items.length === 1 ? items[0] : items;
}

/** Collects values under bounds: shared lists in lists can multiply. */
class Gathering {
  readonly #limits: ExpressionLimits;
  #work = 0;

  constructor(limits: ExpressionLimits) {
    this.#limits = limits;
  }

  /** The property of an item; of a list, those of all items in it, none as undefined and a single one as itself. */
  values(item: unknown, name: string): unknown {
    if (!Array.isArray(item)) return this.#own(item, name);
    const found: unknown[] = [];
    this.#collect(item, name, found);
    return found.length > 1 ? found : found[0];
  }

  /** Appends a value, or the items of a list. */
  add(target: unknown[], value: unknown): void {
    if (!Array.isArray(value)) {
      target.push(value);
    } else {
      for (const item of value) target.push(item);
    }
    if (target.length > this.#limits.list) throw limitError('list', this.#limits.list);
  }

  #collect(list: readonly unknown[], name: string, found: unknown[]): void {
    for (const item of list) {
      if (Array.isArray(item)) {
        this.#collect(item, name, found);
      } else {
        const value = this.#own(item, name);
        if (value !== undefined) this.add(found, value);
      }
    }
  }

  #own(value: unknown, name: string): unknown {
    if (++this.#work > this.#limits.size) throw limitError('size', this.#limits.size);
    return own(value, name);
  }
}
