/** Distinct values of a run, in chunks that a page opens one at a time. */
import type { ErrorData, JsonData } from '@flowdeck/engine';

/** Characters of JSON text in a chunk, roughly. */
const CHUNK = 1_000_000;

/** Gives each distinct value a number. The same value is kept once, however many cards saw it. */
export class ValuePool {
  readonly #numbers = new Map<string, number>();
  readonly #chunks: string[][] = [];
  #room = 0;
  readonly #look: (value: JsonData) => void;

  /** `look` sees each distinct value once, and of an error what is no name of ours. */
  constructor(look: (value: JsonData) => void) {
    this.#look = look;
  }

  /** `-1` for null: not recorded, or nothing. */
  add(value: JsonData | undefined): number {
    if (value === null || value === undefined) return -1;
    const text = JSON.stringify(value);
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#look(value);
    return this.#keep(text);
  }

  addError(error: ErrorData | null): number {
    if (error === null) return -1;
    const text = JSON.stringify(error);
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#look([error.message, error.hint ?? null, error.extra ?? null]);
    return this.#keep(text);
  }

  #keep(text: string): number {
    const number = this.#numbers.size;
    this.#numbers.set(text, number);
    let chunk = this.#chunks.at(-1);
    if (chunk === undefined || this.#room < text.length) {
      chunk = [];
      this.#chunks.push(chunk);
      this.#room = CHUNK;
    }
    this.#room -= text.length;
    chunk.push(text);
    return number;
  }

  /** How many values each chunk holds. */
  get sizes(): readonly number[] {
    return this.#chunks.map((chunk) => chunk.length);
  }

  /** A JSON list each. */
  get texts(): readonly string[] {
    return this.#chunks.map((chunk) => `[${chunk.join(',')}]`);
  }
}

/** Gives each distinct text a number. */
export class NamePool {
  readonly #numbers = new Map<string, number>();

  add(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    this.#numbers.set(name, this.#numbers.size);
    return this.#numbers.size - 1;
  }

  get names(): readonly string[] {
    return [...this.#numbers.keys()];
  }
}
