/** What a review page is made of: two versions of a deck, and what changed between them. */
import type { FlowFile } from '@flowdeck/engine';
import type { KnownCard } from '../model.js';

/** One change, as `diffDocuments` of `@flowdeck/flopack` gives it. */
export interface ReviewedChange {
  /** What kind of difference it is: one that ends with `-added` or `-removed` is about a whole part. */
  readonly kind: string;
  /** Null: it is about a table or the connector. */
  readonly flow: string | null;
  /** Name of the input, or the member that changed. Null: it is about the whole. */
  readonly field: string | null;
  /** What stood there. Null: nothing. */
  readonly before: unknown;
  /** What stands there now. Null: nothing. */
  readonly after: unknown;
  /** JSON Pointer of the card into its flow, before. Null: it was not there, or it is about no card. */
  readonly pointerBefore: string | null;
  /** The same, now. */
  readonly pointerAfter: string | null;
  /** True: whoever uses the part may break. */
  readonly breaking: boolean;
  /** The same in a sentence. */
  readonly message: string;
}

/** Two versions of a deck, to be reviewed. */
export interface ReviewedDecks {
  /** What people call the two: files, revisions. */
  readonly names: { readonly before: string; readonly after: string };
  /** The deck or flow as it was. */
  readonly before: FlowFile;
  /** The same, now. */
  readonly after: FlowFile;
  /** In the order of the flows. */
  readonly changes: readonly ReviewedChange[];
  /** The card types that the pictures go by. */
  readonly card: KnownCard;
}
