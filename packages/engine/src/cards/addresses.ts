/** Addresses: which card of the foreign format a card of ours is, so that files of that format come in and go out with it. */

/**
 * One card of the foreign format that a card stands for. An import makes the card of it, an export writes it back; the card
 * then has the same checks, rules of lint and place in the flow as one of the standard library.
 *
 * Inputs and outputs that are not named have the same names there as here. They stand there in the order of the card; in that
 * of `in` or `out`, where these name all of them.
 *
 * @example
 * addresses: [{ address: 'root:channels:http:acme:1.0.0:createTicket', in: { 'parameters/Project': 'project' } }]
 */
export interface CardAddress {
  /**
   * As a file has it in `address`: `root:kernel:NAMESPACE:VERSION:CARD` for a card of the platform,
   * `root:channels:http:CHANNEL:VERSION:CARD` for one of a connector. An import takes any version, an export writes this
   * one. Of several addresses, an export writes the first.
   */
  readonly address: string;
  /** Names of inputs there (`key`, or `group/key`), and the names of the declared inputs here. */
  readonly in?: Readonly<Record<string, string>>;
  /** The same for outputs. `group/*` on both sides stands for all outputs of a group; the card declares `extraOutputs` then. */
  readonly out?: Readonly<Record<string, string>>;
  /**
   * Further names that some files have for inputs and an export never writes; `*` in place of the group stands for any. Of
   * two inputs for one of ours, the one that is wired is taken, then the one that is set.
   */
  readonly also?: Readonly<Record<string, string>>;
  /** Declared inputs and outputs that are not there, by their names here. */
  readonly lacks?: { readonly in?: readonly string[]; readonly out?: readonly string[] };
  /** The group in which inputs that the author names stand there; null: the author names none there. Default: they stand in none. */
  readonly extraGroup?: string | null;
  /** The input whose text there has `{{{KEY}}}` for values of the others. Default: what the trait `composes` names. */
  readonly template?: string;
  /** Further members of the model that a new card of this kind has there, as files of the vendor have them. */
  readonly model?: Readonly<Record<string, string | number | boolean>>;
  /** Id of a card that declares this address too, and whose place this one takes. Without it, two of one address are refused. */
  readonly insteadOf?: string;
}

/** An address in its parts. */
export interface AddressParts {
  /** Key of the channel (a connector) that it belongs to. Null: it is a card of the platform. */
  readonly channel: string | null;
  /** Namespace of a card of the platform, or the channel. */
  readonly namespace: string;
  /** As the address has it, such as `0.0.1`. */
  readonly version: string;
  /** Key of the card within its namespace. */
  readonly name: string;
}

const KERNEL = /^root:kernel:([^:]+):([^:]+):([^:]+)$/;
const CHANNEL = /^root:channels:http:([^:]+):([^:]+):([^:]+)$/;

/** The parts of an address; null when it is none. */
export function addressParts(address: string): AddressParts | null {
  const kernel = KERNEL.exec(address);
  const [, namespace = '', version = '', name = ''] = kernel ?? CHANNEL.exec(address) ?? [];
  return name === '' ? null : { channel: kernel ? null : namespace, namespace, version, name };
}

/** What two addresses of one card have in common: all but the version. */
export function addressKey({ channel, namespace, name }: Omit<AddressParts, 'version'>): string {
  return `${channel === null ? 'kernel' : 'channel'}:${namespace}:${name}`;
}
