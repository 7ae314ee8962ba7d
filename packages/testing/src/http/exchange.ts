/** Scripted exchanges: what a request must look like and what answers it, as data. */
import { FlowdeckError } from '@flowdeck/engine';
import type { TestingCode } from '../codes.js';
import { bytesOf } from './bytes.js';

/** What a request must be. Every member that is given is checked; a body is free unless one of the three is given. */
export interface ExpectedRequest {
  /** In capitals. */
  method: string;
  /** Starts with `/`, or is a whole URL: then the origin has to fit too. May carry the query itself. */
  path: string;
  /** All parameters there must be; a list is a repeated one. Without it, and without one in `path`, there must be none. */
  query?: Readonly<Record<string, string | readonly string[]>>;
  /** Names without case. Null: the header must be absent. Others are free. */
  headers?: Readonly<Record<string, string | null>>;
  /** The body as text, exactly. */
  body?: string;
  /** The body as JSON; key order and white space are free. */
  json?: unknown;
  /** The body as a form with its media type; a list is a repeated parameter. */
  form?: Readonly<Record<string, string | readonly string[]>>;
}

/** What answers. In header values and in the body, `{{url}}` stands for the address of the service. */
export interface ScriptedResponse {
  /** 200 to 599. */
  status: number;
  /** By name; a list is a header that stands several times. */
  headers?: Readonly<Record<string, string | readonly string[]>>;
  /** Text; `text/plain` unless a header says otherwise. */
  body?: string;
  /** JSON; `application/json` unless a header says otherwise. */
  json?: unknown;
  /** Bytes in base64; `application/octet-stream` unless a header says otherwise. */
  base64?: string;
  /** Milliseconds to wait before answering. */
  delayMs?: number;
}

/** A request that is expected, and what answers it. */
export interface ScriptedExchange {
  /** What must be asked. */
  request: ExpectedRequest;
  /** What is answered. */
  response: ScriptedResponse;
  /** How many requests it expects. Default 1. */
  times?: number;
}

/**
 * Checks a script before it is used, since cases come from files.
 *
 * @throws FlowdeckError `scripted-exchange`, with a JSON Pointer to the faulty place
 */
export function checkExchanges(exchanges: readonly ScriptedExchange[]): void {
  for (const [index, exchange] of exchanges.entries()) {
    const fault = faultOf(exchange);
    if (!fault) continue;
    const [pointer, message] = fault;
    throw new FlowdeckError<TestingCode>('scripted-exchange', `Exchange ${index + 1}: ${message}.`, {
      at: { pointer: `/${index}${pointer}` },
    });
  }
}

function faultOf({ request, response, times = 1 }: ScriptedExchange): [pointer: string, message: string] | undefined {
  // A case from a file may lack what the types promise.
  if (typeof request?.method !== 'string' || typeof request.path !== 'string') {
    return ['/request', 'a request has a method and a path'];
  }
  if (typeof response !== 'object' || response === null) return ['/response', 'there is no response'];
  if (!/^[A-Z]+$/.test(request.method)) return ['/request/method', 'a method is written in capitals'];
  if (!request.path.startsWith('/') && !URL.canParse(request.path))
    return ['/request/path', 'a path starts with a slash, or is a whole URL'];
  if (request.query && request.path.includes('?')) return ['/request/query', 'the query stands in the path already'];
  if (countOf(request.body, request.json, request.form) > 1)
    return ['/request', 'body, json and form exclude each other'];
  if (!Number.isInteger(response.status) || response.status < 200 || response.status > 599) {
    return ['/response/status', 'a status is a whole number from 200 to 599'];
  }
  if (countOf(response.body, response.json, response.base64) > 1) {
    return ['/response', 'body, json and base64 exclude each other'];
  }
  const { delayMs = 0 } = response;
  if (!(delayMs >= 0 && delayMs <= 60_000)) return ['/response/delayMs', 'a delay is from 0 to 60000 milliseconds'];
  if (!Number.isInteger(times) || times < 1) return ['/times', 'times is a whole number from 1'];
  if (response.base64 !== undefined && !isBase64(response.base64)) return ['/response/base64', 'this is no base64'];
  const name = Object.entries(response.headers ?? {}).find(([key, value]) => !isHeader(key, value))?.[0];
  return name === undefined ? undefined : ['/response/headers', `'${name}' cannot be sent as a header`];
}

function isBase64(text: string): boolean {
  try {
    return bytesOf(text).length >= 0;
  } catch {
    return false;
  }
}

function countOf(...values: readonly unknown[]): number {
  return values.filter((value) => value !== undefined).length;
}

/** A name is a token, a value has no control characters but the tab (RFC 9110, sections 5.1 and 5.5). */
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

function isHeader(name: string, value: string | readonly string[]): boolean {
  return HEADER_NAME.test(name) && [value].flat().every((text) => HEADER_VALUE.test(text));
}

/** The media type of a response unless a header says otherwise, and its body. */
export function contentOf(scripted: ScriptedResponse): readonly [type?: string, body?: string | Uint8Array] {
  if (scripted.json !== undefined) return ['application/json', JSON.stringify(scripted.json)];
  if (scripted.base64 !== undefined) return ['application/octet-stream', bytesOf(scripted.base64)];
  return scripted.body === undefined ? [] : ['text/plain; charset=utf-8', scripted.body];
}
