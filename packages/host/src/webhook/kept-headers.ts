/** The headers of a request as data: what is kept of them, and what reads them without the checks of a platform that made them. */
import type { RequestHeaders } from '../serve/api/inputs.js';
import { incomingOf } from '../serve/body.js';

export class KeptHeaders implements RequestHeaders {
  /** By name in lower case, in the order of their names. */
  readonly #values: ReadonlyMap<string, string>;

  constructor(values: Iterable<readonly [string, string]>) {
    this.#values = new Map([...values].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** As `Headers` gives them, which is slow to make where a request came by Node. */
  static of(request: Request): KeptHeaders {
    const incoming = incomingOf(request);
    return new KeptHeaders(incoming === null ? request.headers : byName(incoming.rawHeaders));
  }

  /** The same with another value of one. */
  with(name: string, value: string): KeptHeaders {
    return new KeptHeaders(new Map([...this.#values, [name, value]]));
  }

  get(name: string): string | null {
    return this.#values.get(name.toLowerCase()) ?? null;
  }

  [Symbol.iterator](): IterableIterator<[string, string]> {
    return this.#values.entries();
  }
}

/** Names and values by turns; what comes more than once is a list (RFC 9110, section 5.3). */
function byName(raw: readonly string[]): Map<string, string> {
  const values = new Map<string, string>();
  for (let index = 0; index + 1 < raw.length; index += 2) {
    // Both are there, as the loop says.
    const [name, value] = [(raw[index] as string).toLowerCase(), raw[index + 1] as string];
    const before = values.get(name);
    values.set(name, before === undefined ? value : `${before}${name === 'cookie' ? '; ' : ', '}${value}`);
  }
  return values;
}
