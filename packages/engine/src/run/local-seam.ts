/** A run in memory: effects, waits and calls as they come, with nothing around them. */
import { enter } from './call.js';
import type { Frame } from './frame.js';
import type { Seam } from './seam.js';
import { spawn } from './spawn.js';
import { isThenable } from './waiting.js';

/** Holds nothing, so that all runs share it. */
export const LOCAL: Seam = Object.freeze<Seam>({
  isDurable: false,
  effect(step, frame: Frame, _attempt, effect, call) {
    const { run } = frame;
    const result = call();
    if (isThenable(result)) {
      return run.waiting.timed(result, step.timeoutMs ?? run.limits.cardTimeMs, step, frame, effect);
    }
    effect.release();
    return result;
  },
  sleep: (_id, ms, step, frame: Frame) => frame.run.waiting.sleep(ms, step, frame),
  waitFor: (_id, name, timeoutMs, step, frame: Frame) => frame.run.waiting.signalled(name, timeoutMs, step, frame),
  draw: (_id, frame: Frame) => frame.run.world.random.number(),
  enter,
  width: (wanted) => wanted,
  each: null,
  spawn: (caller: Frame, step, attempt, plan, inputs) => spawn(caller, step, attempt, plan, inputs, null),
  remaining: ({ tree: { beside } }) => (beside !== null && beside.live > 0 ? beside.settled() : null),
});
