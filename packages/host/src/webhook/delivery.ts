/** A request to the URL of an event, as it came: bytes before they mean anything. */
import type { DataObject, JsonData } from '@flowdeck/engine';
import type { ApiRequest, RequestHeaders } from '../serve/api/inputs.js';
import { KeptHeaders } from './kept-headers.js';

/** Credentials, which prove a delivery and are nobody's business afterwards. */
const NOT_KEPT: ReadonlySet<string> = new Set(['authorization', 'cookie', 'proxy-authorization']);

export class Delivery {
  readonly method: string;
  /** As the sender knows it: what was configured, with the path and the query as they came. */
  readonly url: URL;
  readonly headers: RequestHeaders;
  readonly body: Uint8Array;
  #parsed: { readonly value: JsonData } | null = null;
  #text: string | null = null;

  constructor({ method, url, headers, body }: ApiRequest) {
    this.method = method;
    this.url = url;
    this.headers = headers;
    this.body = body;
  }

  /** The body as text; bytes that are no UTF-8 are replaced. */
  get text(): string {
    this.#text ??= new TextDecoder().decode(this.body);
    return this.#text;
  }

  /** The body as JSON, or as a form where the request says so; null for what is neither. Read once. */
  get parsed(): JsonData {
    this.#parsed ??= { value: this.#parse() };
    return this.#parsed.value;
  }

  #parse(): JsonData {
    const type = this.headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase();
    if (type === 'application/x-www-form-urlencoded') return Object.fromEntries(new URLSearchParams(this.text));
    try {
      return JSON.parse(this.text);
    } catch {
      return null;
    }
  }

  /** What of it is kept. Text where the bytes are text, so that a person can read it. */
  kept(): DataObject {
    const text = this.text;
    const isText = Buffer.from(text).equals(this.body);
    return {
      method: this.method,
      url: this.url.href,
      headers: Object.fromEntries([...this.headers].filter(([name]) => !NOT_KEPT.has(name))),
      ...(isText ? { text } : { base64: Buffer.from(this.body).toString('base64') }),
    };
  }

  /** A delivery that was kept; null for anything else. */
  static of(kept: JsonData | undefined): Delivery | null {
    if (!isObject(kept)) return null;
    const { method, url, headers, text, base64 } = kept;
    if (typeof method !== 'string' || typeof url !== 'string' || !isObject(headers)) return null;
    const body = typeof base64 === 'string' ? Buffer.from(base64, 'base64') : Buffer.from(String(text ?? ''));
    const named = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]);
    return new Delivery({ method, url: new URL(url), headers: new KeptHeaders(named), body });
  }
}

export function isObject(value: JsonData | undefined): value is DataObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
