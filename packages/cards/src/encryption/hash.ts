/** Hash: the fingerprint of a text. */
import { defineCard } from '@flowdeck/engine';
import { utf8 } from '../shared/bytes.js';
import { gradually, type Pieces } from '../shared/pace.js';
import { ALGORITHM, DATA, DIGEST, digestOf, written } from './digest.js';
import { UNKNOWN_DIGEST, UNSUPPORTED } from './faults.js';

export const hash = defineCard({
  id: 'encryption.hash',
  title: 'Hash',
  description: 'The hash of a text in UTF-8. For passwords and signatures MD5 and SHA-1 are broken.',
  kind: 'pure',
  inputs: [ALGORITHM, DATA, DIGEST],
  outputs: [{ key: 'output', type: 'text', label: 'output', description: 'The hash.' }],
  errors: { ...UNSUPPORTED, ...UNKNOWN_DIGEST },
  examples: [
    {
      in: { algorithm: 'sha256', data: 'My secret message!', digest: 'base64' },
      out: { output: 'KhyfFBt0DKFo4WcWbzrP+3FOAKe9Kp+c0BWZ3akwlE8=' },
    },
    {
      title: 'Hexadecimal',
      in: { algorithm: 'sha1', data: 'My secret message!', digest: 'hex' },
      out: { output: '94d068bfbca6cae3e3943820445858f8ea606fc7' },
    },
    {
      title: 'Null is an empty text',
      in: { algorithm: null, data: null, digest: 'hex' },
      out: { output: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' },
    },
    { title: 'No such algorithm', in: { algorithm: 'rot13', data: 'a' }, error: 'unsupported-algorithm' },
    { title: 'No such digest', in: { data: 'a', digest: 'morse' }, error: 'unknown-digest' },
  ],
  addresses: [{ address: 'root:kernel:crypto:0.0.1:hash' }],
  run: (algorithm, data, digest) => gradually(hashOf(algorithm, data, digest)),
});

function* hashOf(algorithm: string, data: string, digest: string | null): Pieces<{ output: string }> {
  return { output: written(yield* digestOf(algorithm, utf8(data)), digest) };
}
