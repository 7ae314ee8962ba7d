/** SHA1: the SHA-1 hash of a text. */
import { hashCard } from './one-hash.js';

export const sha1 = hashCard({
  algorithm: 'sha1',
  title: 'SHA1',
  description: 'The SHA-1 hash of a text in UTF-8. It is broken for signatures; take SHA-256 where you may choose.',
  shown: {
    hex: '94d068bfbca6cae3e3943820445858f8ea606fc7',
    base64: 'lNBov7ymyuPjlDggRFhY+Opgb8c=',
    empty: 'da39a3ee5e6b4b0d3255bfef95601890afd80709',
  },
});
