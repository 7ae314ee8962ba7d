/** Encrypt: a text that only a passphrase opens again. */
import { defineCard } from '@flowdeck/engine';
import { gradually } from '../shared/pace.js';
import { CIPHERS, cipherOf, encrypted, PASSPHRASE } from './cipher.js';
import { checkKey, MISSING_KEY, UNSUPPORTED } from './faults.js';

export const encrypt = defineCard({
  id: 'encryption.encrypt',
  title: 'Encrypt',
  description:
    'Encrypts a text in UTF-8 with a passphrase, as openssl enc -nosalt -md md5 does. The key is derived from the passphrase by a weak rule, and the result is not protected against changes: use it to work with others who do the same.',
  kind: 'pure',
  inputs: [
    {
      key: 'algorithm',
      type: 'text',
      label: 'algorithm',
      description:
        'aes-128-cbc, aes-128-ecb, aes-256-cbc, aes-256-ecb, des-cbc or des-ecb. AES also has 192 bits and the modes cfb, cfb1, cfb8, ofb and ctr.',
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
      in: { algorithm: 'aes-256-cbc', key: 'my secret key', data: 'My secret message!' },
      out: { output: 'hrDDPCtB0Cijc8EFAHhABiYEKdYBgt+e63RGV288SOI=' },
    },
    {
      title: 'AES with 128 bits',
      in: { algorithm: 'aes-128-cbc', key: 'my secret key', data: 'My secret message!' },
      out: { output: 'RTOnd5dSDvH8TXF/fiHQ7JuLuxxCpk4nAAfzg/1rHTY=' },
    },
    {
      title: 'Block by block',
      in: { algorithm: 'aes-128-ecb', key: 'my secret key', data: 'My secret message!' },
      out: { output: '4UbOrz2NohS0VCy/8i5fr6AtkOmMDEZa5O/CmJSWd4A=' },
    },
    {
      title: 'DES',
      in: { algorithm: 'des-cbc', key: 'my secret key', data: 'My secret message!' },
      out: { output: 'rUWlEVnHz16xLhgajTHnmsUk2lJ0RR98' },
    },
    {
      title: 'DES, block by block',
      in: { algorithm: 'des-ecb', key: 'my secret key', data: 'My secret message!' },
      out: { output: 'AQfazTrfum26bfrcTI0GzhWyvTcp/mCF' },
    },
    {
      title: 'Null is an empty text',
      in: { algorithm: 'aes-128-ecb', key: 'k', data: null },
      out: { output: 'gNuW7o27zE09+KUbCVMwdQ==' },
    },
    { title: 'No key', in: { key: '', data: 'a' }, error: 'missing-key' },
    { title: 'No such algorithm', in: { algorithm: 'rot13', key: 'k', data: 'a' }, error: 'unsupported-algorithm' },
  ],
  addresses: [{ address: 'root:kernel:crypto:0.0.1:cipher' }],
  run: (algorithm, key, data) => gradually(encrypted(cipherOf(algorithm, checkKey(key), CIPHERS), data)),
});
