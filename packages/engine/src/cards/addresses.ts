/** Addresses: which card of the foreign format a card of ours is, so that files of that format come in and go out with it. */

/**
 * One card of the foreign format that a card stands for. An import makes the card of it, an export writes it back; the card
 * then has the same checks, rules of lint and place in the flow as one of the standard library.
 *
 * Inputs and outputs that are not named have the same names there as here.
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
  /** The same for outputs. */
  readonly out?: Readonly<Record<string, string>>;
  /** The group in which inputs that the author names stand there. Default: they stand in none. */
  readonly extraGroup?: string;
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
