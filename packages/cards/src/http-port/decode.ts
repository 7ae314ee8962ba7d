/** Undoes the coding of a body by Node's zlib, within the limit: what unfolds to more is never unfolded. */
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import { type Headers, tooLarge } from './body.js';
import type { Target } from './errors.js';

type Decode = (bytes: Uint8Array, options: { maxOutputLength: number }) => Promise<Uint8Array>;

const gzip: Decode = promisify(gunzip);
const brotli: Decode = promisify(brotliDecompress);
const zlib: Decode = promisify(inflate);
const rawInflate: Decode = promisify(inflateRaw);
/** RFC 9110 means zlib (RFC 1950) by "deflate", some servers send bare RFC 1951; the first byte tells them apart. */
const deflate: Decode = (bytes, options) => (((bytes[0] ?? 0) & 0x0f) === 8 ? zlib : rawInflate)(bytes, options);

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
export async function decodeBody(
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
  for (const decoder of decoders.reverse()) body = await boundedDecoder(decoder, body, limit, target);
  const length = 'content-length' in rest ? { 'content-length': String(body.byteLength) } : {};
  return { headers: { ...rest, ...length }, body: new Uint8Array(body) };
}

async function boundedDecoder(decoder: Decode, bytes: Uint8Array, limit: number, target: Target): Promise<Uint8Array> {
  try {
    // A limit of 0 is none to zlib.
    const decoded = await decoder(bytes, { maxOutputLength: Math.max(limit, 1) });
    if (decoded.byteLength <= limit) return decoded;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  throw tooLarge(limit, target);
}
