/** HMAC: a text's hash that only those can make who know the key. */
import { defineCard } from '@flowdeck/engine';
import { fromBase64, fromHex, utf8 } from '../shared/bytes.js';
import { gradually, type Pieces } from '../shared/pace.js';
import { ALGORITHM, DATA, DIGEST, digestOf, written } from './digest.js';
import { checkKey, KEY_ENCODING, MISSING_KEY, UNKNOWN_DIGEST, UNSUPPORTED, unreadableKey } from './faults.js';

export const hmac = defineCard({
  id: 'encryption.hmac',
  title: 'HMAC',
  description: 'The keyed hash (RFC 2104) of a text in UTF-8. The key is text, too, unless its encoding is given.',
  kind: 'pure',
  inputs: [
    ALGORITHM,
    { key: 'key', type: 'text', label: 'key', description: 'The key.', required: true, secret: true },
    DATA,
    DIGEST,
    {
      key: 'key encoding',
      type: 'text',
      label: 'key encoding',
      description:
        'How the key is written: utf8 for text as it is, base64 (base64url as well), or hex. In base64, the prefix whsec_ of Standard Webhooks is no part of it; line breaks are none of base64 and hex. Null: utf8.',
      default: 'utf8',
    },
  ],
  outputs: [{ key: 'output', type: 'text', label: 'output', description: 'The keyed hash.' }],
  errors: { ...UNSUPPORTED, ...UNKNOWN_DIGEST, ...MISSING_KEY, ...KEY_ENCODING },
  examples: [
    {
      in: { algorithm: 'sha256', key: 'my secret key', data: 'My secret message!', digest: 'base64' },
      out: { output: 'qd83l7nEE4gBpuaueA+XtKFeZO99aV7IvGgsJ15qmyo=' },
    },
    {
      title: 'Hexadecimal, another name of the algorithm',
      in: { algorithm: 'RSA-SHA256', key: 'my secret key', data: 'My secret message!', digest: 'hex' },
      out: { output: 'a9df3797b9c4138801a6e6ae780f97b4a15e64ef7d695ec8bc682c275e6a9b2a' },
    },
    {
      title: 'Null is an empty text',
      in: { algorithm: 'md5', key: 'k', data: null, digest: null },
      out: { output: 'zTK+3UaqY8/6MCPwUPx44w==' },
    },
    {
      title: 'A key in base64, a result in base64url',
      in: { key: 'a2V5/w==', 'key encoding': 'base64', data: 'd', digest: 'base64url' },
      out: { output: 'UMrxWpRgCTtO-6THehlLvb53IJNy5swD_IuvPsgW8IY' },
    },
    {
      title: 'A key as Standard Webhooks write it',
      in: { key: 'whsec_a2V5/w==', 'key encoding': 'base64', data: 'd', digest: 'base64url' },
      out: { output: 'UMrxWpRgCTtO-6THehlLvb53IJNy5swD_IuvPsgW8IY' },
    },
    {
      title: 'A key in lines',
      in: { key: 'a2V5\r\n/w==\n', 'key encoding': 'base64', data: 'd', digest: 'base64url' },
      out: { output: 'UMrxWpRgCTtO-6THehlLvb53IJNy5swD_IuvPsgW8IY' },
    },
    {
      title: 'A key with a blank',
      in: { key: 'a2V5 /w==', 'key encoding': 'base64', data: 'a' },
      error: 'key-encoding',
    },
    { title: 'A key that is no hex', in: { key: '0g', 'key encoding': 'hex', data: 'a' }, error: 'key-encoding' },
    { title: 'No key', in: { key: null, data: 'a' }, error: 'missing-key' },
    { title: 'No such algorithm', in: { algorithm: 'rot13', key: 'k', data: 'a' }, error: 'unsupported-algorithm' },
    { title: 'No such digest', in: { key: 'k', data: 'a', digest: 'morse' }, error: 'unknown-digest' },
  ],
  addresses: [{ address: 'root:kernel:crypto:0.0.1:hmac', lacks: { in: ['key encoding'] } }],
  run: (algorithm, key, data, digest, keyEncoding) =>
    gradually(keyed(digestOf(algorithm, utf8(data), keyBytes(checkKey(key), keyEncoding)), digest)),
});

function* keyed(work: Pieces<Uint8Array>, digest: string | null): Pieces<{ output: string }> {
  return { output: written(yield* work, digest) };
}

/** @throws RunError `key-encoding`. */
function keyBytes(key: string, encoding: string | null): Uint8Array {
  switch (encoding === null || encoding === '' ? 'utf8' : encoding.trim().toLowerCase()) {
    case 'utf8':
    case 'utf-8':
      return utf8(key);
    case 'base64':
    case 'base64url':
      return base64Key(inOneLine(key).replace(/^whsec_/, ''));
    case 'hex':
      return filled(fromHex(inOneLine(key)), 'hex');
    default:
      throw unreadableKey(null);
  }
}

/** Tools break long keys into lines, as `base64` does after 76 characters; a blank within a line is a typing error. */
function inOneLine(key: string): string {
  return key.trim().replace(/[\t ]*[\r\n]\s*/g, '');
}

/** What the reader would skip, or take from the other of the two alphabets, is a typing error in a key. */
function base64Key(key: string): Uint8Array {
  const digits = /^(?:[A-Za-z0-9+/]*|[A-Za-z0-9_-]*)(={0,2})$/.exec(key);
  if (digits === null || (key.length - (digits[1]?.length ?? 0)) % 4 === 1) throw unreadableKey('base64');
  return filled(fromBase64(key), 'base64');
}

/** A key of no bytes is as good as none. */
function filled(bytes: Uint8Array | null, encoding: string): Uint8Array {
  if (bytes === null || bytes.length === 0) throw unreadableKey(encoding);
  return bytes;
}
