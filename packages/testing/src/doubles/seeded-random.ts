/** Randomness that a seed decides: for everything that is to come out the same again. */
import type { Random } from '@flowdeck/engine';
import { seededRandom } from '@flowdeck/engine/kit';

/**
 * The random port, of a seed. Not for secrets.
 *
 * @example
 * createEngine({ ports: { random: seededSource('tuesday') } });
 */
export function seededSource(seed: string): Random {
  const number = seededRandom(seed);
  return { number, bytes: (count) => Uint8Array.from({ length: count }, () => Math.floor(number() * 256)) };
}
