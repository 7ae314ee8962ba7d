/** Cards of one hash function: SHA1 and SHA256. */
import { type CardType, defineCard } from '@flowdeck/engine';
import { utf8 } from '../shared/bytes.js';
import { gradually, type Pieces } from '../shared/pace.js';
import { DATA, digestOf, HEX_DIGEST, written } from './digest.js';
import { UNKNOWN_DIGEST } from './faults.js';

/** What tells one of them from another. */
interface OneHash {
  readonly algorithm: 'sha1' | 'sha256';
  readonly title: string;
  readonly description: string;
  /** Of "My secret message!": hexadecimal and base64; and of the empty text, hexadecimal. */
  readonly shown: { readonly hex: string; readonly base64: string; readonly empty: string };
}

export function hashCard({ algorithm, title, description, shown }: OneHash): CardType {
  return defineCard({
    id: `encryption.${algorithm}`,
    title,
    description,
    kind: 'pure',
    inputs: [DATA, HEX_DIGEST],
    outputs: [{ key: 'output', type: 'text', label: 'output', description: 'The hash.' }],
    errors: UNKNOWN_DIGEST,
    examples: [
      { in: { data: 'My secret message!' }, out: { output: shown.hex } },
      { title: 'Base64', in: { data: 'My secret message!', digest: 'base64' }, out: { output: shown.base64 } },
      { title: 'Null is an empty text', in: { data: null, digest: null }, out: { output: shown.empty } },
      { title: 'No such digest', in: { data: 'a', digest: 'morse' }, error: 'unknown-digest' },
    ],
    // Inferred; not seen in a file of the vendor.
    addresses: [{ address: `root:kernel:crypto:0.0.1:${algorithm}` }],
    run: (data, digest) => gradually(inHex(algorithm, data, digest)),
  });
}

function* inHex(algorithm: string, data: string, digest: string | null): Pieces<{ output: string }> {
  return { output: written(yield* digestOf(algorithm, utf8(data)), digest, 'hex') };
}
