/** Keys under which equal values are the same, so that sets and groups of a million items take one pass. */
import { ConversionError, FileRef, FlowRef, type Value } from '@flowdeck/engine';
import { isPlainObject, MAX_DEPTH } from '@flowdeck/engine/kit';
import { Pace, type Pieces } from '../shared/pace.js';

/** Parts of one item, about: it is compared in one go. */
const MAX_PARTS = 4 * 1024 * 1024;
/** Characters from which a text inside an item goes by its number. */
const LONG_PART = 64;
/** Parts from which what an object or list is is remembered, for data that shares its parts describes far more than it holds. */
const MANY_PARTS = 16;

/** What a card says that compares items by content. */
export const IDENTITY_ERRORS = {
  conversion: 'An item is nested more than 1,000 levels deep, or too large to be compared.',
} as const;

/**
 * The identities of the items that one card works with. Two values have the same one when they are equal by type and content:
 * lists item by item, objects key by key in any order, dates by instant.
 *
 * What is nested or long goes into an identity as a number, the same for the same content: what stands in many items is
 * read once, and no identity is longer than its item is wide.
 *
 * @example
 * const identities = new Identities(new Pace());
 * identities.of({ a: 1, b: 2 }) === identities.of({ b: 2, a: 1 }); // true
 * identities.of(1) === identities.of('1'); // false
 */
export class Identities {
  readonly #pace: Pace;
  /** Numbers of contents. */
  readonly #numbers = new Map<string, number>();
  readonly #known = new Map<object, string>();
  #left = 0;

  constructor(pace: Pace) {
    this.#pace = pace;
  }

  /** @throws ConversionError (`conversion`) when the value is nested too deeply or too large. */
  of(value: Value): Value {
    if (typeof value === 'string') {
      this.#pace.read(value);
      return value.startsWith('\0') ? `\0${value}` : value;
    }
    if (typeof value !== 'object' || value === null) return value;
    this.#left = MAX_PARTS;
    const content = this.#contentOf(value, 0);
    this.#pace.spend((MAX_PARTS - this.#left) / 4);
    return `\0=${content}`;
  }

  #contentOf(value: Value & object, depth: number): string {
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    const before = this.#left;
    const content = this.#write(value, depth);
    if (before - this.#left > MANY_PARTS) this.#known.set(value, content);
    return content;
  }

  #write(value: Value, depth: number): string {
    if (depth >= MAX_DEPTH) throw refusal('is nested too deeply');
    if (Array.isArray(value)) {
      let content = '[';
      for (const item of value) content += `${this.#part(item, depth + 1)},`;
      return `${content}]`;
    }
    if (isPlainObject(value)) {
      let content = '{';
      for (const key of Object.keys(value).sort()) {
        content += `${this.#text(key)}:${this.#part(value[key] ?? null, depth + 1)},`;
      }
      return `${content}}`;
    }
    return single(value);
  }

  #part(value: Value, depth: number): string {
    if (--this.#left < 0) throw refusal('is too large');
    if (typeof value === 'string') return this.#text(value);
    if (typeof value !== 'object' || value === null || value instanceof Date) return single(value);
    return this.#number(this.#contentOf(value, depth));
  }

  #text(text: string): string {
    if (text.length < LONG_PART) return JSON.stringify(text);
    this.#left -= text.length / LONG_PART;
    // Unlike the content of a list, an object or anything else.
    return this.#number(`"${text}`);
  }

  #number(content: string): string {
    const number = this.#numbers.get(content) ?? this.#numbers.size;
    this.#numbers.set(content, number);
    return `#${number}`;
  }
}

/** The items that are the first of their identity. */
export function* distinct(
  items: readonly Value[],
  keyOf: (item: Value, index: number) => Value = same,
  pace = new Pace(),
): Pieces<readonly Value[]> {
  const identities = new Identities(pace);
  const seen = new Set<Value>();
  const found: Value[] = [];
  for (let at = 0; at < items.length; at++) {
    const item = items[at] ?? null;
    const { size } = seen;
    if (seen.add(identities.of(keyOf(item, at))).size > size) found.push(item);
    if (pace.step()) yield;
  }
  return found;
}

/** The identities of all items of a list. */
export function* identitySet(items: readonly Value[], identities: Identities, pace: Pace): Pieces<ReadonlySet<Value>> {
  const set = new Set<Value>();
  for (const item of items) {
    set.add(identities.of(item));
    if (pace.step()) yield;
  }
  return set;
}

function same(item: Value): Value {
  return item;
}

/** Different types begin differently. */
function single(value: Value): string {
  if (value instanceof Date) return `d${value.getTime()}`;
  if (value instanceof FileRef) return `f${JSON.stringify(value.id)}`;
  if (value instanceof FlowRef) return `r${JSON.stringify(value.id)}`;
  return JSON.stringify(value);
}

function refusal(why: string): ConversionError {
  return new ConversionError(`An item cannot be compared: it ${why}.`, {
    hint: 'Compare a part of the items: give a path, or map them first.',
  });
}
