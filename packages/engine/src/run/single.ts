/** The kind of card that most are: pure, one output, at most three inputs. The loop runs it without a call in between. */
import type { SingleCode, Step, StepOutcome } from '../plan/index.js';
import type { Frame } from './frame.js';
import { take, withinLimits } from './step-values.js';

/**
 * Runs a card of this kind. A call to a function of its own would cost as much as the rest of it; so would one for an
 * input, and the compiler of the machine lays only so much into one loop: each input is read in one place.
 */
export function runSingle(code: SingleCode, step: Step, frame: Frame): StepOutcome | Promise<StepOutcome> {
  const outputs = outputsFrom(code, frame);
  const value = outputs?.[code.name];
  // Whatever else it gives has no value under that name, and is looked at then.
  if (value === undefined) return code.settle(step, frame, outputs);
  const { slots } = frame;
  slots[code.slot] = typeof value === 'number' ? value : withinLimits(value, frame);
  slots[code.release] = null;
  return code.small || !frame.run.large ? undefined : frame.run.lookAfter(step, frame);
}

function outputsFrom({ run, inputs, a, b, c }: SingleCode, frame: Frame): ReturnType<SingleCode['run']> {
  if (inputs === 0) return run();
  const first = take(a, frame);
  if (inputs === 1) return run(first);
  const second = take(b, frame);
  return inputs === 2 ? run(first, second) : run(first, second, take(c, frame));
}
