/** Places in a document that is being compiled. */
import { pointerTo } from '../values/index.js';

/** A place in the document. Its JSON Pointer is made when somebody asks: most places are never reported. */
export class Spot {
  readonly #parent: Spot | null;
  readonly #token: string | number;
  readonly flow: string | undefined;
  readonly card: string | undefined;

  private constructor(parent: Spot | null, token: string | number, flow: string | undefined, card: string | undefined) {
    this.#parent = parent;
    this.#token = token;
    this.flow = flow;
    this.card = card;
  }

  static root(): Spot {
    return new Spot(null, '', undefined, undefined);
  }

  /** The place one token further down. */
  at(token: string | number): Spot {
    return new Spot(this, token, this.flow, this.card);
  }

  /** The same place, known to belong to a flow. */
  inFlow(flow: string): Spot {
    return new Spot(this.#parent, this.#token, flow, undefined);
  }

  /** The place of a card in the list of cards that stands here. */
  atCard(index: number, id: string | undefined): Spot {
    return new Spot(this, index, this.flow, id);
  }

  /** JSON Pointer (RFC 6901). */
  get pointer(): string {
    return this.#parent === null ? '' : pointerTo(this.#parent.pointer, this.#token);
  }
}
