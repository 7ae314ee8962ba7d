/** Which steps are no more than a function. */
import type { Step } from './types.js';

/** Whether a step can run without the run's help. */
export function isPlain(step: Step): boolean {
  const { card } = step;
  return (
    card.kind === 'pure' &&
    !card.named &&
    !card.seesOutputs &&
    step.policy === null &&
    !step.mayWait &&
    step.blocks.size === 0 &&
    step.forward === null
  );
}
