/** HMAC: a text's hash that only those can make who know the key. */
import { defineCard } from '@flowdeck/engine';
import { crypto } from '../shared/node.js';
import { ALGORITHM, DIGEST, HASHES, hashName, written } from './digest.js';
import { checkKey, MISSING_KEY, UNKNOWN_DIGEST, UNSUPPORTED, unsupportedAlgorithm } from './faults.js';

export const hmac = defineCard({
  id: 'encryption.hmac',
  title: 'HMAC',
  description: 'The keyed hash (RFC 2104) of a text; text and key in UTF-8.',
  kind: 'pure',
  inputs: [
    ALGORITHM,
    { key: 'key', type: 'text', label: 'key', description: 'The key.', required: true, secret: true },
    { key: 'data', type: 'text', label: 'data', description: 'The text. Null is an empty one.', required: true },
    DIGEST,
  ],
  outputs: [{ key: 'output', type: 'text', label: 'output', description: 'The keyed hash.' }],
  errors: { ...UNSUPPORTED, ...UNKNOWN_DIGEST, ...MISSING_KEY },
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
    { title: 'No key', in: { key: null, data: 'a' }, error: 'missing-key' },
    { title: 'No such algorithm', in: { algorithm: 'rot13', key: 'k', data: 'a' }, error: 'unsupported-algorithm' },
    { title: 'No such digest', in: { key: 'k', data: 'a', digest: 'morse' }, error: 'unknown-digest' },
  ],
  run: (algorithm, key, data, digest) => {
    const name = hashName(algorithm);
    if (name === null) throw unsupportedAlgorithm(HASHES);
    return { output: written(hashed(name, checkKey(key), data), digest) };
  },
});

function hashed(name: string, key: string, data: string) {
  try {
    return crypto().createHmac(name, key).update(data, 'utf8').digest();
  } catch (error) {
    throw unsupportedAlgorithm(HASHES, error);
  }
}
