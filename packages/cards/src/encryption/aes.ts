/** AES: a text encrypted by AES. */
import { defineCard } from '@flowdeck/engine';
import { gradually } from '../shared/pace.js';
import { AES_CIPHERS, cipherOf, encrypted, PASSPHRASE } from './cipher.js';
import { checkKey, MISSING_KEY, UNSUPPORTED, unsupportedAlgorithm } from './faults.js';

export const aes = defineCard({
  id: 'encryption.aes',
  title: 'AES',
  description:
    'Encrypts a text in UTF-8 by AES with a passphrase. Decrypt opens it. The key is derived from the passphrase by a weak rule, and the result is not protected against changes: use it to work with others who do the same.',
  kind: 'pure',
  inputs: [
    {
      key: 'algorithm',
      type: 'text',
      label: 'algorithm',
      description:
        'aes-128-cbc, aes-128-ecb, aes-192-cbc, aes-192-ecb, aes-256-cbc or aes-256-ecb. There are also the modes cfb, cfb1, cfb8, ofb and ctr.',
      required: true,
      default: 'aes-256-cbc',
    },
    PASSPHRASE,
    { key: 'data', type: 'text', label: 'data', description: 'The text. Null is an empty one.', required: true },
  ],
  outputs: [{ key: 'output', type: 'text', label: 'output', description: 'The encrypted bytes in base64.' }],
  errors: { ...UNSUPPORTED, ...MISSING_KEY },
  examples: [
    {
      in: { algorithm: 'aes-256-ecb', key: 'my secret key', data: 'My secret message!' },
      out: { output: 'jlK/110oxB7R9aHhP+QDju0/Kb0cxZRNjzT0yihKTds=' },
    },
    {
      title: 'AES with 128 bits',
      in: { algorithm: 'aes-128-cbc', key: 'my secret key', data: 'My secret message!' },
      out: { output: 'RTOnd5dSDvH8TXF/fiHQ7JuLuxxCpk4nAAfzg/1rHTY=' },
    },
    {
      title: 'Null is an empty text',
      in: { algorithm: 'aes-128-ecb', key: 'k', data: null },
      out: { output: 'gNuW7o27zE09+KUbCVMwdQ==' },
    },
    { title: 'No key', in: { key: '', data: 'a' }, error: 'missing-key' },
    { title: 'No such algorithm', in: { algorithm: 'des-cbc', key: 'k', data: 'a' }, error: 'unsupported-algorithm' },
  ],
  addresses: [{ address: 'root:kernel:crypto:0.0.1:aes' }],
  run: (algorithm, key, data) => {
    if (!/^aes/i.test(algorithm.trim())) throw unsupportedAlgorithm(AES_CIPHERS);
    return gradually(encrypted(cipherOf(algorithm, checkKey(key), AES_CIPHERS), data));
  },
});
