/** Bodies within their limits: measured before they are sent, and counted while they arrive. */
import type { HttpResponse } from '@flowdeck/engine';
import { httpError, type Target } from './errors.js';

export type Headers = HttpResponse['headers'];

/** @throws HttpError `http-too-large` */
export function readRequestBody(body: string | Uint8Array | undefined, limit: number, target: Target) {
  if (body === undefined) return null;
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  if (bytes.byteLength <= limit) return bytes;
  throw httpError('http-too-large', `the request body has ${bytes.byteLength} bytes.`, target, {
    hint: `Send at most ${limit} bytes, or raise maxRequestBytes of the HTTP port.`,
  });
}

/**
 * Reads all of a stream. Leaving the loop by a throw destroys the stream, and with it the socket.
 *
 * Bytes are copied as they come: a server that sends single bytes would otherwise cost a hundred times the limit in
 * small buffers.
 *
 * @throws HttpError `http-too-large`
 */
export async function readAll(
  stream: AsyncIterable<Uint8Array>,
  limit: number,
  target: Target,
): Promise<Uint8Array<ArrayBuffer>> {
  let bytes = new Uint8Array(16 * 1024);
  let size = 0;
  for await (const chunk of stream) {
    const total = size + chunk.byteLength;
    if (total > limit) throw tooLarge(limit, target);
    if (total > bytes.byteLength) {
      const larger = new Uint8Array(Math.max(total, Math.min(2 * bytes.byteLength, limit)));
      larger.set(bytes.subarray(0, size));
      bytes = larger;
    }
    bytes.set(chunk, size);
    size = total;
  }
  return bytes.slice(0, size);
}

/** True when the server itself says that its body is over the limit. A HEAD announces a body that does not come. */
export function announcesTooMuch(headers: Headers, method: string, limit: number): boolean {
  return method !== 'HEAD' && Number(headers['content-length'] ?? 0) > limit;
}

export function tooLarge(limit: number, target: Target) {
  return httpError('http-too-large', `the answer has more than ${limit} bytes.`, target, {
    hint: 'Ask for less, for example a page at a time, or raise maxResponseBytes of the HTTP port.',
  });
}
