// A sample that a seed decides.
import { createHash } from 'node:crypto';

/** `count` of the mutants, in their order. The same seed chooses the same ones as long as the sources stay. */
export function sampleOf(mutants, count, seed) {
  const keyed = mutants.map((mutant) => ({
    mutant,
    key: createHash('sha256').update(`${seed}/${mutant.id}`).digest('hex'),
  }));
  const chosen = new Set(
    keyed
      .sort((a, b) => (a.key < b.key ? -1 : 1))
      .slice(0, count)
      .map(({ mutant }) => mutant),
  );
  return mutants.filter((mutant) => chosen.has(mutant));
}
