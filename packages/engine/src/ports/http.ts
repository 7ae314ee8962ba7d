/** HTTP, the way out of a run. The engine has no default: a host decides what may be reached. */
import type { CardOrigin } from './origin.js';

/** A request, as a card or a connector makes it. */
export interface HttpRequest {
  /** In capitals, such as `GET`. */
  readonly method: string;
  /** Absolute http or https URL, query included. */
  readonly url: string;
  /** Names as the flow wrote them; the port compares them without case and sends each once. */
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes, or text that is sent as UTF-8. Absent: none, not even an empty one. */
  readonly body?: string | Uint8Array;
  /** Gives the request up; the port then rejects with `CancelledError`. */
  readonly signal?: AbortSignal;
  /** `follow` (default): redirects are followed, within limits. `manual`: a redirect is the answer. */
  readonly redirect?: 'follow' | 'manual';
  /** Milliseconds for the whole exchange. The port has its own default and upper bound. */
  readonly timeoutMs?: number;
}

/** An answer, read to its end. */
export interface HttpResponse {
  /** HTTP status (RFC 9110, section 15), whatever it is. */
  readonly status: number;
  /** As the service sent it; empty over HTTP/2. */
  readonly statusText: string;
  /** Names in lower case; repeated headers joined by ", " (RFC 9110, section 5.3). Cookies stand in `setCookie`. */
  readonly headers: Readonly<Record<string, string>>;
  /** `Set-Cookie` of the answer, one text each: they cannot be joined (RFC 9110, section 5.3). Absent: none. */
  readonly setCookie?: readonly string[];
  /** The content, decoded from any `Content-Encoding`. Empty where there is none. */
  readonly body: Uint8Array;
  /** The URL that answered, after redirects. */
  readonly url: string;
}

/**
 * Sends one request and reads the whole answer. Any status is an answer, not an error.
 * Rejects with `HttpError`: `http-blocked` (address or scheme not allowed), `http-url` (malformed URL),
 * `http-network` (no connection), `http-timeout`, `http-too-large`, `http-redirects` (too many); with
 * `CancelledError` when `signal` aborts.
 */
export interface HttpPort {
  /**
   * `origin` is the card that asks, which the engine adds to what the card says. Absent: it is not a card.
   */
  request(request: HttpRequest, origin?: CardOrigin): Promise<HttpResponse>;
}
