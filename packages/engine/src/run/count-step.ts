/** Counts cards against the limit of steps. */
import type { Step } from '../plan/index.js';
import type { Frame } from './frame.js';

/** Counts the card and those before it that do not count. True when others are due their turn before it runs. */
export function countStep(step: Step, frame: Frame): boolean {
  const { run } = frame;
  run.tree.steps += step.count;
  return run.tree.steps > run.tree.horizon && run.look(step, frame);
}
