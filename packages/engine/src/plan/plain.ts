/** Which steps are no more than a function, and which of them are quick whatever they are given. */
import type { FieldType } from '../values/index.js';
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

const SMALL_TYPES: ReadonlySet<FieldType> = new Set(['number', 'boolean', 'date', 'flow']);

/** Whether no value that a step works with can be large. What a control card hands on, it does not work with. */
export function isSmall({ card, inputs, extra }: Step): boolean {
  if (extra.length > 0 && card.kind !== 'control') return false;
  return inputs.every(({ field }) => field.list !== true && SMALL_TYPES.has(field.type));
}
