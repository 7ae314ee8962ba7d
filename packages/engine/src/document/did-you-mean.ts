/** Finds the name that was probably meant. */

/** Comparing a wrong name with every flow of a large deck would cost more than it helps. */
const MAX_CANDIDATES = 500;
const MAX_NAME_LENGTH = 64;

/**
 * The candidate that is closest to `name`: by letter case alone, else by at most a third of its letters (at least one)
 * added, dropped, changed or swapped with their neighbour.
 *
 * @returns null when nothing is close.
 * @example closest('inn', ['id', 'in', 'inputs']) // 'in'
 */
export function closest(name: string, candidates: Iterable<string>): string | null {
  if (name.length > MAX_NAME_LENGTH) return null;
  const wanted = name.toLowerCase();
  let best: string | null = null;
  let bestDistance = Math.max(1, Math.floor(name.length / 3)) + 1;
  let seen = 0;
  for (const candidate of candidates) {
    if (++seen > MAX_CANDIDATES || bestDistance === 0) break;
    if (candidate.length > MAX_NAME_LENGTH || Math.abs(candidate.length - name.length) >= bestDistance) continue;
    const distance = editDistance(wanted, candidate.toLowerCase(), bestDistance);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** `Did you mean "in"?`, or `otherwise` when nothing is close. */
export function didYouMean(name: string, candidates: Iterable<string>, otherwise: string): string {
  const meant = closest(name, candidates);
  return meant === null ? otherwise : `Did you mean "${meant}"?`;
}

/**
 * Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours, each costs 1. `enough` or more
 * when it is that far.
 */
function editDistance(a: string, b: string, enough: number): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      // Both rows have a number for every column up to this one.
      let cost = Math.min(last[column]! + 1, current[column - 1]! + 1, last[column - 1]! + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) cost = Math.min(cost, beforeLast[column - 2]! + 1); // column > 1, and that row is whole
      current.push(cost);
      if (cost < least) least = cost;
    }
    // A swap reaches back two rows, and adds one.
    if (least > enough) return enough;
    beforeLast = last;
    last = current;
  }
  return last[b.length]!; // a row has a number more than `b` has characters
}
