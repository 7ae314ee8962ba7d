/** A pack: what a third party ships. */
import type { CardType } from './define.js';

export interface Pack {
  /** Name of the npm package. */
  readonly name: string;
  /** Every card id and connector key of the pack stands under one of these. */
  readonly namespace: string | readonly string[];
  /** Semantic version; a document pins it with `requires`. */
  readonly version: string;
  readonly cards?: readonly CardType[];
  /** Connector decks: JSON documents with a `connector` manifest. Their action flows become cards by themselves. */
  readonly connectors?: readonly unknown[];
}
