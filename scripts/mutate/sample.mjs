// Which of all mutants are tried: a sample that a seed decides, or those that survived before.
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

/** Those that survived in a report. They are told by the text of the source, since lines move. */
export function survivorsAmong(mutants, report) {
  const keyOf = ({ file, original, replacement }) => JSON.stringify([file, original, replacement]);
  const known = new Set(JSON.parse(report).survivors.map(keyOf));
  return mutants.filter((mutant) => known.has(keyOf(mutant)));
}
