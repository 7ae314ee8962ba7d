/** Ids for what is new in an export: the same for the same document, so that exporting twice gives the same file. */
import { seededRandom } from '@flowdeck/engine/kit';

const SHORT = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const HEX = '0123456789abcdef';

export class Ids {
  readonly #random: () => number;
  readonly #taken: Set<string>;

  constructor(seed: string, taken: Iterable<string> = []) {
    this.#random = seededRandom(seed);
    this.#taken = new Set(taken);
  }

  /** A short id, as cards and fields have. */
  short(): string {
    return this.#fresh(() => this.#pick(SHORT.slice(0, 52), 1) + this.#pick(SHORT, 9));
  }

  uuid(): string {
    const hex = (count: number) => this.#pick(HEX, count);
    return this.#fresh(() => `${hex(8)}-${hex(4)}-4${hex(3)}-${this.#pick('89ab', 1)}${hex(3)}-${hex(12)}`);
  }

  #fresh(make: () => string): string {
    let id = make();
    while (this.#taken.has(id)) id = make();
    this.#taken.add(id);
    return id;
  }

  #pick(alphabet: string, count: number): string {
    let text = '';
    for (let index = 0; index < count; index++) text += alphabet[Math.floor(this.#random() * alphabet.length)];
    return text;
  }
}
