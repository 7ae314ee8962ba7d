/** Plain JSON, and places in it. */
import { formatPointer } from '@flowdeck/engine/kit';

export interface JsonObject {
  readonly [key: string]: unknown;
}

/** JSON that is being written. */
export interface Mutable {
  [key: string]: unknown;
}

/** True for objects, false for lists and null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own member; undefined when there is none. Never looks at a prototype. */
export function member(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** An own member that is an object; an empty one when there is none. */
export function objectAt(value: unknown, key: string): JsonObject {
  const found = member(value, key);
  return isObject(found) ? found : {};
}

/** The items of a list; none of anything else. */
export function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function textOf(value: unknown, key: string): string | undefined {
  const found = member(value, key);
  return typeof found === 'string' ? found : undefined;
}

/** A place in the original file. Its JSON Pointer is made when somebody asks, for there are far more places than faults. */
export class Spot {
  readonly #parent: Spot | null;
  readonly #token: string | number;

  constructor(parent: Spot | null = null, token: string | number = '') {
    this.#parent = parent;
    this.#token = token;
  }

  at(...tokens: readonly (string | number)[]): Spot {
    let spot: Spot = this;
    for (const token of tokens) spot = new Spot(spot, token);
    return spot;
  }

  get pointer(): string {
    const tokens: (string | number)[] = [];
    for (let spot: Spot = this; spot.#parent !== null; spot = spot.#parent) tokens.push(spot.#token);
    return formatPointer(tokens.reverse());
  }
}

/** Equality of JSON, the order of an object's members aside. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((item, index) => sameJson(item, b[index]));
  }
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && sameJson(member(a, key), member(b, key)));
}

/** A short form of a value, to stand in a message. */
export function brief(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
