/** Effects that may take place at most once: what is done about them when a life of the run is lost. */
import { RunError } from '../errors.js';
import type { Step } from '../plan/index.js';
import type { Frame } from './frame.js';

/** What the cards that lead to this execution say of repeating effects; the outermost has the last word. */
export function saidOfRepeating(frame: Frame, inner: boolean | null): boolean | null {
  let said = inner;
  let at = frame;
  for (; at.caller !== null; at = at.caller) said = at.via?.atMostOnce ?? said;
  return at.run.entrance?.atMostOnce ?? said;
}

export function isAtMostOnce(step: Step, frame: Frame): boolean {
  return saidOfRepeating(frame, step.atMostOnce) ?? step.card.traits?.atMostOnce === true;
}

/** `begunAt`: milliseconds since 1970, as far as it was remembered. */
export function outcomeUnknown(step: Step, key: string, begunAt: unknown): RunError {
  const begun = typeof begunAt === 'number' ? new Date(begunAt).toISOString() : null;
  const when = begun === null ? '' : ` at ${begun}`;
  return new RunError(
    'unknown-outcome',
    `"${step.title}" was under way${when} when its worker was lost, and may take place at most once: whether it did is not known.`,
    {
      hint: `Look at the receiver for what came in after that time, or for the key "${key}".`,
      extra: { key, begunAt: begun },
    },
  );
}
