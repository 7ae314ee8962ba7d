/** The platform's own cryptography, for what only it should do: keys of RSA and elliptic curves. */
import { RunError } from '@flowdeck/engine';
import type { CardsCode } from '../codes.js';

/**
 * Pages have WebCrypto in a secure context only.
 *
 * @throws RunError `unsupported-algorithm`.
 */
export function webCrypto(): SubtleCrypto {
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle;
  if (subtle !== undefined) return subtle;
  throw new RunError<CardsCode>('unsupported-algorithm', 'This platform has no WebCrypto.', {
    hint: 'In a browser it takes a secure context: a page from https, or from localhost.',
  });
}
