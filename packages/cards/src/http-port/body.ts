/** Bodies within their limits: measured before they are sent, counted while they arrive and while they are decoded. */
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import type { HttpResponse } from '@flowdeck/engine';
import { httpError, type Target } from './errors.js';

type Headers = HttpResponse['headers'];

/** @throws HttpError `http-too-large` */
export function readRequestBody(body: string | Uint8Array | undefined, limit: number, target: Target) {
  if (body === undefined) return null;
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  if (bytes.byteLength <= limit) return bytes;
  throw httpError('http-too-large', `the request body has ${bytes.byteLength} bytes.`, target, {
    hint: `Send at most ${limit} bytes, or raise maxRequestBytes of httpPort.`,
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
    hint: 'Ask for less, for example a page at a time, or raise maxResponseBytes of httpPort.',
  });
}

type Decode = (bytes: Uint8Array, options: { maxOutputLength: number }) => Promise<Uint8Array>;

const gzip: Decode = promisify(gunzip);
const brotli: Decode = promisify(brotliDecompress);
const zlib: Decode = promisify(inflate);
const raw: Decode = promisify(inflateRaw);
/** RFC 9110 means zlib (RFC 1950) by "deflate", some servers send bare RFC 1951; the first byte tells them apart. */
const deflate: Decode = (bytes, options) => (((bytes[0] ?? 0) & 0x0f) === 8 ? zlib : raw)(bytes, options);

const DECODERS: ReadonlyMap<string, Decode> = new Map([
  ['gzip', gzip],
  ['x-gzip', gzip],
  ['deflate', deflate],
  ['br', brotli],
]);
/** More layers than anybody needs are an attempt to multiply. */
const MOST_CODINGS = 3;

/**
 * Undoes `Content-Encoding`. An unknown coding leaves body and headers as they came. After decoding, the header is
 * gone and `content-length`, if there was one, tells the new length, as RFC 9110 section 8.6 asks of whoever
 * transforms a body.
 *
 * @throws HttpError `http-too-large` when the decoded body is over the limit: decoding stops there.
 */
export async function decode(
  answer: { readonly headers: Headers; readonly body: Uint8Array },
  limit: number,
  target: Target,
): Promise<{ readonly headers: Headers; readonly body: Uint8Array }> {
  const { 'content-encoding': encoding = '', ...rest } = answer.headers;
  const codings = encoding
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity');
  const decoders = codings.flatMap((coding) => DECODERS.get(coding) ?? []);
  const known = decoders.length === codings.length && codings.length <= MOST_CODINGS;
  if (!known || codings.length === 0 || answer.body.byteLength === 0) return answer;

  let body = answer.body;
  for (const decoder of decoders.reverse()) body = await bounded(decoder, body, limit, target);
  const length = 'content-length' in rest ? { 'content-length': String(body.byteLength) } : {};
  return { headers: { ...rest, ...length }, body: new Uint8Array(body) };
}

async function bounded(decoder: Decode, bytes: Uint8Array, limit: number, target: Target): Promise<Uint8Array> {
  try {
    // A limit of 0 is none to zlib.
    const decoded = await decoder(bytes, { maxOutputLength: Math.max(limit, 1) });
    if (decoded.byteLength <= limit) return decoded;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  throw tooLarge(limit, target);
}
