/** What an HTTP port of a host, or an interceptor, has to give. */
import type { HttpResponse } from '../ports/index.js';
import { isPlainObject } from '../values/index.js';

/** Whether it can be read as an answer. A body of another realm counts: test runners make such. */
export function isHttpAnswer(response: unknown): response is HttpResponse {
  if (typeof response !== 'object' || response === null) return false;
  const { status, headers, body }: { status?: unknown; headers?: unknown; body?: unknown } = response;
  return typeof status === 'number' && isPlainObject(headers) && isBytes(body);
}

function isBytes(body: unknown): boolean {
  return Object.prototype.toString.call(body) === '[object Uint8Array]' || body instanceof Uint8Array;
}
