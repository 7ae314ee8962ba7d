/** Performs an effect: directly, or through a runtime that remembers it. Limits its time. */
import type { Step } from '../plan/index.js';
import type { EffectContext } from '../ports/index.js';
import type { Value } from '../values/index.js';
import type { Frame } from './frame.js';
import { type Effect, isThenable } from './waiting.js';

export function performEffect(step: Step, frame: Frame, attempt: number, effect: Effect, call: () => unknown): unknown {
  const { run } = frame;
  const timeoutMs = step.timeoutMs ?? run.limits.cardTimeMs;
  if (run.runtime === null) {
    const result = call();
    if (isThenable(result)) return run.waiting.timed(result, timeoutMs, step, frame, effect);
    effect.release();
    return result;
  }
  return run.runtime.step(
    frame.key(step, attempt),
    ({ signal }: EffectContext) => {
      const abort = () => effect.abort(signal.reason);
      signal.addEventListener('abort', abort, { once: true });
      // What an effect gives is its outputs: an object of values, or nothing. The runtime limits its time.
      const result = call() as Value | undefined | Promise<Value | undefined>;
      return isThenable(result) ? Promise.resolve(result).then((value) => value ?? null) : (result ?? null);
    },
    { timeoutMs },
  );
}
