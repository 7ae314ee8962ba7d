/** What a run holds in all, estimated now and then: lists of long texts multiply where each of them is within its limit. */
import type { Value } from '../values/index.js';
import type { Execution } from './execution.js';

/** Parts that one estimate looks at. */
const MOST_PARTS = 50_000;
/** Items of a long list that are looked at; the others weigh as much on average. */
const SAMPLES = 256;
/** Bytes of a list item or member, about, and of a character. */
const PART_BYTES = 16;
const CHARACTER_BYTES = 2;

export class Holdings {
  /** Executions that wait, but for one that the run knows itself. */
  #waiting: Set<Execution> | null = null;
  /** Results of loops under way; null until there is one. */
  #gathered: Set<readonly Value[]> | null = null;
  #estimates = 0;

  /** What the execution holds counts while it waits, until `resumed`. */
  waits(execution: Execution): void {
    this.#waiting ??= new Set();
    this.#waiting.add(execution);
  }

  resumed(execution: Execution): void {
    this.#waiting?.delete(execution);
  }

  /** Executions that wait, as far as they are known here. */
  get waiting(): Iterable<Execution> {
    return this.#waiting ?? [];
  }

  /** What a loop gathers counts, until it is `gathered`. */
  gathers(values: readonly Value[]): void {
    this.#gathered ??= new Set();
    this.#gathered.add(values);
  }

  gathered(values: readonly Value[]): void {
    this.#gathered?.delete(values);
  }

  /**
   * Bytes that the run holds, about. The execution that looks, those that wait and those that called them are all there
   * are.
   */
  count(current: Execution, parked: Execution | null): number {
    const scale = new Scale(this.#estimates++);
    for (const values of this.#gathered ?? []) scale.add(values);
    for (const execution of [current, parked, ...(this.#waiting ?? [])]) {
      for (let at: Execution | null = execution; at !== null && scale.enter(at); at = at.caller) scale.add(at.slots);
    }
    return scale.bytes;
  }
}

/** Weighs values, shared parts once. */
class Scale {
  bytes = 0;
  readonly #seen = new Set<object>();
  /** Where samples begin, so that no place of a list always escapes. */
  readonly #offset: number;
  #left = MOST_PARTS;

  constructor(offset: number) {
    this.#offset = offset;
  }

  /** False for what was entered before. */
  enter(object: object): boolean {
    if (this.#left-- <= 0 || this.#seen.has(object)) return false;
    this.#seen.add(object);
    return true;
  }

  add(values: readonly Value[]): void {
    this.bytes += this.#weigh(values);
  }

  #weigh(value: Value | undefined): number {
    if (typeof value === 'string') return value.length * CHARACTER_BYTES;
    if (typeof value !== 'object' || value === null || !this.enter(value)) return 0;
    return Array.isArray(value) ? this.#weighList(value) : this.#weighMembers(value);
  }

  #weighList(list: readonly Value[]): number {
    const stride = Math.ceil(list.length / SAMPLES);
    let sampled = 0;
    let samples = 0;
    for (let at = this.#offset % Math.max(stride, 1); at < list.length; at += stride) {
      sampled += this.#weigh(list[at]);
      samples++;
    }
    return list.length * PART_BYTES + (samples === 0 ? 0 : (sampled / samples) * list.length);
  }

  #weighMembers(value: object): number {
    let bytes = 0;
    for (const key in value) {
      if (!Object.hasOwn(value, key)) continue;
      if (this.#left-- <= 0) break;
      // A member of a value is a value; one of a file or date is a scalar.
      bytes += PART_BYTES * 2 + this.#weigh((value as Readonly<Record<string, Value>>)[key]);
    }
    return bytes;
  }
}
