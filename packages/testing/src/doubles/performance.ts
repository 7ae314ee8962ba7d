/** A call of a stand-in, as those hear of it that answer it. */
import type { CardContext, Field, Value } from '@flowdeck/engine';

/** One call of a stand-in. */
export interface Performance {
  /** Id of the card. */
  readonly id: string;
  readonly inputs: Readonly<Record<string, Value>>;
  readonly ctx: CardContext;
  /** What the card is declared to give, at this place of the document. */
  readonly fields: readonly Field[];
}
