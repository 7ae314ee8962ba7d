/** SHA256: the SHA-256 hash of a text. */
import { defineCard } from '@flowdeck/engine';
import { utf8 } from '../shared/bytes.js';
import { after } from '../shared/eventually.js';
import { DATA, digestOf, HEX_DIGEST, written } from './digest.js';
import { UNKNOWN_DIGEST } from './faults.js';

export const sha256 = defineCard({
  id: 'encryption.sha256',
  title: 'SHA256',
  description: 'The SHA-256 hash of a text in UTF-8.',
  kind: 'pure',
  inputs: [DATA, HEX_DIGEST],
  outputs: [{ key: 'output', type: 'text', label: 'output', description: 'The hash.' }],
  errors: UNKNOWN_DIGEST,
  examples: [
    {
      in: { data: 'My secret message!' },
      out: { output: '2a1c9f141b740ca168e167166f3acffb714e00a7bd2a9f9cd01599dda930944f' },
    },
    {
      title: 'Base64',
      in: { data: 'My secret message!', digest: 'base64' },
      out: { output: 'KhyfFBt0DKFo4WcWbzrP+3FOAKe9Kp+c0BWZ3akwlE8=' },
    },
    {
      title: 'Null is an empty text',
      in: { data: null, digest: null },
      out: { output: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' },
    },
    { title: 'No such digest', in: { data: 'a', digest: 'morse' }, error: 'unknown-digest' },
  ],
  run: (data, digest) => after(digestOf('sha256', utf8(data)), (bytes) => ({ output: written(bytes, digest, 'hex') })),
});
