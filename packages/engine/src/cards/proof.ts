/** Proofs of deliveries that packs bring, where none of the schemes that a manifest can declare says how a service signs. */

/** A request to the URL of an event, for a proof that a pack brings. */
export interface DeliveryToProve {
  /** HTTP method. */
  readonly method: string;
  /** The public one, as the sender knows it. */
  readonly url: string;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** As it came. */
  readonly body: Uint8Array;
  /** Secrets that are valid now, the latest first. */
  readonly secrets: readonly Uint8Array[];
}

/**
 * A proof that a pack brings: true when the delivery comes from the service. Pure, and in a time that does not tell how near a
 * forged one came.
 *
 * @example
 * const isSigned: DeliveryProofFunction = ({ headers, body, secrets }) =>
 *   secrets.some((secret) => isSame(headers['x-acme'] ?? '', sign(secret, body)));
 */
export type DeliveryProofFunction = (delivery: DeliveryToProve) => boolean;
