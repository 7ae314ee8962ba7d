/** SHA256: the SHA-256 hash of a text. */
import { hashCard } from './one-hash.js';

export const sha256 = hashCard({
  algorithm: 'sha256',
  title: 'SHA256',
  description: 'The SHA-256 hash of a text in UTF-8.',
  shown: {
    hex: '2a1c9f141b740ca168e167166f3acffb714e00a7bd2a9f9cd01599dda930944f',
    base64: 'KhyfFBt0DKFo4WcWbzrP+3FOAKe9Kp+c0BWZ3akwlE8=',
    empty: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  },
});
