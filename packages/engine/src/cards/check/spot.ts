/** Where a check stands in a declaration, and what it has found. */
import { MAX_DIAGNOSTICS } from '../../document/diagnostics.js';
import type { Diagnostic } from '../../errors.js';
import { formatPointer } from '../../values/index.js';

/** What can be wrong with a declaration or with options; `docs/errors.md` explains each. */
export type DeclarationCode =
  | 'declaration-shape'
  | 'declaration-missing'
  | 'declaration-unknown'
  | 'declaration-value'
  | 'declaration-name'
  | 'declaration-duplicate'
  | 'declaration-default'
  | 'declaration-example'
  | 'declaration-conflict';

/** A declaration nests fields in fields; one that never ends is a mistake. */
const MAX_DEPTH = 64;

/** One place in a declaration. Its pointer is put together only when there is something to report. */
export class Spot {
  readonly #found: Diagnostic[];
  readonly #parent: Spot | null;
  readonly #key: string | number;
  readonly #depth: number;
  /** Id of the card that the place lies in. */
  readonly card: string | undefined;

  private constructor(found: Diagnostic[], parent: Spot | null, key: string | number, card: string | undefined) {
    this.#found = found;
    this.#parent = parent;
    this.#key = key;
    this.#depth = parent === null ? 0 : parent.#depth + 1;
    this.card = card;
  }

  /** The top of a declaration; what is found in it is added to `found`. */
  static top(found: Diagnostic[]): Spot {
    return new Spot(found, null, '', undefined);
  }

  /** The place of a member. */
  at(key: string | number): Spot {
    return new Spot(this.#found, this, key, this.card);
  }

  /** The same place, known to be that of a card. */
  ofCard(id: string): Spot {
    return new Spot(this.#found, this.#parent, this.#key, id);
  }

  get isTooDeep(): boolean {
    return this.#depth > MAX_DEPTH;
  }

  get pointer(): string {
    const tokens: (string | number)[] = [];
    for (let spot: Spot = this; spot.#parent !== null; spot = spot.#parent) tokens.unshift(spot.#key);
    return formatPointer(tokens);
  }

  fault(code: DeclarationCode, message: string, hint: string): void {
    if (this.#found.length >= MAX_DIAGNOSTICS) return;
    const { pointer, card } = this;
    this.#found.push({ severity: 'error', code, message, pointer, hint, ...(card === undefined ? {} : { card }) });
  }
}
