/** What a host application can set on the fetch port, and what holds when it sets nothing. */
import { FlowdeckError } from '@flowdeck/engine';
import type { CardsCode } from '../codes.js';
import { boundedNumber, longestTime } from '../http-port/numbers.js';

/** Settings of `fetchPort`. Everything has a default. */
export interface FetchPortOptions {
  /** Milliseconds for a whole exchange, redirects included, when the request sets none. Default 60,000. */
  readonly timeoutMs?: number;
  /** The most milliseconds that a request may ask for. Default 600,000, or `timeoutMs` if that is more. */
  readonly maxTimeoutMs?: number;
  /** Bytes of an answer's body, as decompressed. Default 10 MiB. */
  readonly maxResponseBytes?: number;
  /** Bytes of a request's body. Default 10 MiB. */
  readonly maxRequestBytes?: number;
  /**
   * Redirects followed in one exchange. 0: a redirect is an error. Default 20. A page cannot count them: there any number
   * but 0 leaves redirects to the browser, which follows up to 20.
   */
  readonly maxRedirects?: number;
  /** What sends. Default: the platform's `fetch`, looked up with each request. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

export type FetchSettings = Required<FetchPortOptions>;

/** @throws FlowdeckError `http-options` naming the option that cannot be used. */
export function readFetchOptions(options: FetchPortOptions): FetchSettings {
  const { fetch: given } = options;
  if (given !== undefined && typeof given !== 'function') {
    throw new FlowdeckError<CardsCode>('http-options', 'The option fetch of the HTTP port is no function.', {
      hint: 'Give a function that takes a Request and gives a promise of a Response, or leave it out.',
    });
  }
  const timeoutMs = boundedNumber('timeoutMs', options);
  return {
    timeoutMs,
    maxTimeoutMs: longestTime(options, timeoutMs),
    maxResponseBytes: boundedNumber('maxResponseBytes', options),
    maxRequestBytes: boundedNumber('maxRequestBytes', options),
    maxRedirects: boundedNumber('maxRedirects', options),
    fetch: given ?? ((request) => globalThis.fetch(request)),
  };
}
