/** What kind of value something is, and safe reading and writing of an object's own keys. */
import { MAX_MEMBERS, tooManyMembers } from './members.js';
import { type FieldType, FileRef, FlowRef, type Value, type ValueObject } from './types.js';

/** True for objects made by `{}`, `JSON.parse` or `Object.create(null)`, also of another realm; false for class instances. */
export function isPlainObject(value: unknown): value is ValueObject {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return true;
  // The prototypes of lists and classes hang below some Object.prototype; that one, of any realm, hangs below nothing.
  return Object.getPrototypeOf(prototype) === null;
}

/**
 * The type that a value has at run time. `any` stands for what is no Flowdeck value at all: a function, a symbol, a
 * bigint, an instance of a foreign class.
 */
export function typeOf(value: unknown): FieldType | 'list' | 'null' {
  switch (typeof value) {
    case 'string':
      return 'text';
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'undefined':
      return 'null';
    case 'object':
      if (value === null) return 'null';
      if (Array.isArray(value)) return 'list';
      if (isPlainObject(value)) return 'object';
      if (value instanceof Date) return 'date';
      if (value instanceof FileRef) return 'file';
      if (value instanceof FlowRef) return 'flow';
      return 'any';
    default:
      return 'any';
  }
}

/** True for the keys through which a path could reach or change a prototype. */
export function isUnsafeKey(key: string): boolean {
  return key === '__proto__' || key === 'constructor' || key === 'prototype';
}

/** Reads an own property of a plain object. Null when it is missing, when the key is unsafe, and on anything else. */
export function readOwn(value: Value, key: string): Value {
  if (!isPlainObject(value) || isUnsafeKey(key) || !Object.hasOwn(value, key)) return null;
  return value[key] ?? null;
}

/**
 * What reads one member of a value whose key is known before the first value: all that depends on the key is done here,
 * once. `index` is the place in a list that the key stands for, -1 for none. Null as from {@link readOwn}.
 */
export function memberReader(key: string, index: number): (value: Value | undefined) => Value {
  if (isUnsafeKey(key)) return () => null;
  const isInherited = key in Object.prototype;
  return (value) => {
    if (Array.isArray(value)) return index < 0 ? null : (value[index] ?? null);
    if (typeof value !== 'object' || value === null) return null;
    const found = (value as ValueObject)[key]; // looked at below
    // To ask for the owner costs as much as all the rest: only of a name that a plain object inherits.
    if (found === undefined || (isInherited && !Object.hasOwn(value, key))) return null;
    return isPlainObject(value) ? found : null;
  };
}

/** {@link memberReader}s one after the other. */
export function membersReader(
  steps: readonly ((value: Value | undefined) => Value)[],
): (value: Value | undefined) => Value {
  const [first, second] = steps;
  if (first === undefined) return (value) => value ?? null;
  if (second === undefined) return first;
  // The usual lengths have no loop.
  if (steps.length === 2) return (value) => second(first(value));
  return (value) => {
    let at: Value | undefined = value;
    for (const step of steps) at = step(at);
    return at ?? null;
  };
}

/**
 * Adds a property to an object under construction. Every key becomes an own property: assigning `__proto__` would
 * change the prototype instead.
 */
export function setOwn<T>(target: { [key: string]: T }, key: string, value: T): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    target[key] = value;
  }
}

/**
 * Builds an object from entries whose keys come from data; later entries win.
 *
 * The result has the ordinary prototype, so that `instanceof`, spreading and comparison in host code work as usual;
 * a key `__proto__` becomes an own property and leaves the prototype alone.
 *
 * @throws LimitError (`limit`) for more members than an object may have.
 * @example
 * safeObject([['a', 1], ['__proto__', 2]]); // own keys: a, __proto__
 */
export function safeObject(entries: Iterable<readonly [string, Value]>): ValueObject {
  const builder = new ObjectBuilder();
  for (const [key, value] of entries) builder.set(key, value);
  return builder.object;
}

/** Builds an object like {@link safeObject}, key by key. */
export class ObjectBuilder<T = Value> {
  /** What is built so far; whoever is given it should set no more. */
  readonly object: { [key: string]: T } = {};
  /** Keys that may come before their number matters. */
  #free = MAX_MEMBERS;
  #members = 0;

  /**
   * Sets one key; a later value wins.
   *
   * @throws LimitError (`limit`) for more members than an object may have.
   */
  set(key: string, value: T): void {
    if (--this.#free < 0 && !Object.hasOwn(this.object, key)) this.#count();
    setOwn(this.object, key, value);
  }

  /** Of keys that came twice one is left, so they are counted when there may be too many. */
  #count(): void {
    if (this.#members === 0) this.#members = Object.keys(this.object).length;
    if (++this.#members > MAX_MEMBERS) throw tooManyMembers();
  }
}
