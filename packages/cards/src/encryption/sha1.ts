/** SHA1: the SHA-1 hash of a text. */
import { defineCard } from '@flowdeck/engine';
import { utf8 } from '../shared/bytes.js';
import { after } from '../shared/eventually.js';
import { DATA, digestOf, HEX_DIGEST, written } from './digest.js';
import { UNKNOWN_DIGEST } from './faults.js';

export const sha1 = defineCard({
  id: 'encryption.sha1',
  title: 'SHA1',
  description: 'The SHA-1 hash of a text in UTF-8. It is broken for signatures; take SHA-256 where you may choose.',
  kind: 'pure',
  inputs: [DATA, HEX_DIGEST],
  outputs: [{ key: 'output', type: 'text', label: 'output', description: 'The hash.' }],
  errors: UNKNOWN_DIGEST,
  examples: [
    {
      in: { data: 'My secret message!' },
      out: { output: '94d068bfbca6cae3e3943820445858f8ea606fc7' },
    },
    {
      title: 'Base64',
      in: { data: 'My secret message!', digest: 'base64' },
      out: { output: 'lNBov7ymyuPjlDggRFhY+Opgb8c=' },
    },
    {
      title: 'Null is an empty text',
      in: { data: null, digest: null },
      out: { output: 'da39a3ee5e6b4b0d3255bfef95601890afd80709' },
    },
    { title: 'No such digest', in: { data: 'a', digest: 'morse' }, error: 'unknown-digest' },
  ],
  run: (data, digest) => after(digestOf('sha1', utf8(data)), (bytes) => ({ output: written(bytes, digest, 'hex') })),
});
