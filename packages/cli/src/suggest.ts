/** Finds the name that was probably meant. */
import { closest } from '@flowdeck/engine/kit';

/**
 * `Did you mean "run"?`, or null when no candidate is close: at most a third of the letters is wrong.
 *
 * @example didYouMean('rum', ['run', 'graph']) // 'Did you mean "run"?'
 */
export function didYouMean(name: string, candidates: Iterable<string>): string | null {
  const meant = closest(name, candidates);
  return meant === null ? null : `Did you mean "${meant}"?`;
}
