/** Encryption Sign: a signature that everybody can verify who has the public key. */
import { defineCard } from '@flowdeck/engine';
import { utf8 } from '../shared/bytes.js';
import { ALGORITHM, DATA, HEX_DIGEST, written } from './digest.js';
import { INVALID_KEY, MISSING_KEY, UNKNOWN_DIGEST, UNSUPPORTED } from './faults.js';
import { signatureOf } from './signature.js';

export const encryptionSign = defineCard({
  id: 'encryption.sign',
  title: 'Sign',
  description:
    'Signs a text in UTF-8 with a private key, as OpenSSL does: PKCS #1 v1.5 with a key of RSA, PSS with one of RSASSA-PSS (the salt as long as the hash), and ECDSA in DER with one on a curve.',
  // The signatures of curves and of PSS are drawn at random.
  kind: 'effect',
  inputs: [
    {
      ...ALGORITHM,
      description:
        'The hash function: sha1, sha256, sha384 or sha512. Names of OpenSSL such as RSA-SHA256 mean the hash in them; which signature it is, the key decides.',
    },
    {
      key: 'key',
      type: 'text',
      label: 'private key',
      description: 'In PEM: of RSA, or on one of the curves P-256, P-384 and P-521. Not encrypted.',
      required: true,
      secret: true,
    },
    DATA,
    HEX_DIGEST,
  ],
  outputs: [{ key: 'output', type: 'text', label: 'output', description: 'The signature.' }],
  errors: { ...UNSUPPORTED, ...MISSING_KEY, ...INVALID_KEY, ...UNKNOWN_DIGEST },
  examples: [
    { title: 'No key', in: { key: null, data: 'a' }, error: 'missing-key' },
    { title: 'Not a key', in: { key: 'my secret key', data: 'a' }, error: 'invalid-key' },
    { title: 'No such algorithm', in: { algorithm: 'rot13', key: 'k', data: 'a' }, error: 'unsupported-algorithm' },
  ],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:crypto:0.0.1:sign' },
  ],
  run: async (algorithm, key, data, digest) => ({
    output: written(await signatureOf(algorithm, key, utf8(data)), digest, 'hex'),
  }),
});
