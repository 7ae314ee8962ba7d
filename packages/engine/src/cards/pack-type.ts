/** A pack: what a third party ships. */
import type { CardType } from './define.js';
import type { DeliveryProofFunction } from './proof.js';

/** What a pack declares. `definePack` checks it at once, `createEngine` when it is given one. */
export interface Pack {
  /** Name of the npm package. */
  readonly name: string;
  /** Every card id and connector key of the pack stands under one of these. */
  readonly namespace: string | readonly string[];
  /** Semantic version; a document pins it with `requires`. */
  readonly version: string;
  /** Declared with `defineCard`; every id is under a namespace of the pack. */
  readonly cards?: readonly CardType[];
  /**
   * Hosts that its cards ask over HTTP, such as `api.acme.com`, or `*.acme.com` for all below one: those that no input and
   * no connection names. For people who allow a pack the web; the tests of packs hold it to them.
   */
  readonly hosts?: readonly string[];
  /** Connector decks: JSON documents with a `connector` manifest. Their action flows become cards by themselves. */
  readonly connectors?: readonly unknown[];
  /** Proofs of deliveries, for the scheme `code` of its connectors, by names under a namespace of the pack: `acme.signature`. */
  readonly proofs?: Readonly<Record<string, DeliveryProofFunction>>;
}
