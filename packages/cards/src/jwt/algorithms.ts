/** Which algorithms sign, and which key each of them takes. */
import { fault } from './faults.js';

export interface Algorithm {
  readonly name: string;
  readonly family: 'HS' | 'RS' | 'PS' | 'ES';
}

export const ALGORITHMS: readonly string[] = ['HS', 'RS', 'ES', 'PS'].flatMap((family) =>
  ['256', '384', '512'].map((bits) => family + bits),
);

/** @throws RunError `unsupported-algorithm`, also for `none`. */
export function algorithmOf(name: string): Algorithm {
  if (!ALGORITHMS.includes(name)) {
    throw fault(
      'unsupported-algorithm',
      'There is no such algorithm here.',
      `Use one of ${ALGORITHMS.join(', ')}.`,
      'algorithm',
    );
  }
  // The names have just been tested; they all start with their family.
  return { name, family: name.slice(0, 2) as Algorithm['family'] };
}
