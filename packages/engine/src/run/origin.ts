/** Who asks, as ports and interceptors hear it. */
import type { Step } from '../plan/index.js';
import type { CardOrigin } from '../ports/index.js';
import type { Frame } from './frame.js';

export function originOf(step: Step, frame: Frame, attempt: number): CardOrigin {
  const { run, executionId, plan } = frame;
  const { id, card } = step;
  return {
    ...run.origin,
    executionId,
    cardFlow: plan.id,
    card: id,
    cardType: card.id,
    key: frame.key(step, attempt),
    attempt,
  };
}
