/** Where a check stands in a declaration, and what it has found. */

import type { EngineCode } from '../../codes.js';
import type { Diagnostic } from '../../diagnostic.js';
import { MAX_DIAGNOSTICS } from '../../document/diagnostics.js';
import { formatPointer } from '../../values/index.js';

/** What can be wrong with a declaration or with options. */
export type DeclarationCode = Extract<EngineCode, `declaration-${string}`>;

/** A declaration nests fields in fields; one that never ends is a mistake. */
const MAX_DECLARATION_DEPTH = 64;

/** One place in a declaration. Its pointer is put together only when there is something to report. */
export class DeclarationSpot {
  readonly #found: Diagnostic<DeclarationCode>[];
  readonly #parent: DeclarationSpot | null;
  readonly #key: string | number;
  readonly #depth: number;
  /** Id of the card that the place lies in. */
  readonly card: string | undefined;

  private constructor(
    found: Diagnostic<DeclarationCode>[],
    parent: DeclarationSpot | null,
    key: string | number,
    card: string | undefined,
  ) {
    this.#found = found;
    this.#parent = parent;
    this.#key = key;
    this.#depth = parent === null ? 0 : parent.#depth + 1;
    this.card = card;
  }

  /** The top of a declaration; what is found in it is added to `found`. */
  static top(found: Diagnostic<DeclarationCode>[]): DeclarationSpot {
    return new DeclarationSpot(found, null, '', undefined);
  }

  /** The place of a member. */
  at(key: string | number): DeclarationSpot {
    return new DeclarationSpot(this.#found, this, key, this.card);
  }

  /** The same place, known to be that of a card. */
  ofCard(id: string): DeclarationSpot {
    return new DeclarationSpot(this.#found, this.#parent, this.#key, id);
  }

  get isTooDeep(): boolean {
    return this.#depth > MAX_DECLARATION_DEPTH;
  }

  get pointer(): string {
    const tokens: (string | number)[] = [];
    for (let spot: DeclarationSpot = this; spot.#parent !== null; spot = spot.#parent) tokens.unshift(spot.#key);
    return formatPointer(tokens);
  }

  fault(code: DeclarationCode, message: string, hint: string): void {
    if (this.#found.length >= MAX_DIAGNOSTICS) return;
    const { pointer, card } = this;
    this.#found.push({ severity: 'error', code, message, pointer, hint, ...(card === undefined ? {} : { card }) });
  }
}
