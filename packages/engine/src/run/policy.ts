/** Retry, and what happens when a card has failed for good (reference: control flow, section 4). */
import type { EngineCode } from '../codes.js';
import { CancelledError, LimitError, RunError } from '../errors.js';
import type { CompiledPolicy, Step, StepOutcome } from '../plan/index.js';
import { retryAfterMs, type Value } from '../values/index.js';
import { attemptStep, type Watcher } from './attempt.js';
import { callFlow } from './call.js';
import { errorObject, Failure, locate } from './failure.js';
import type { Frame } from './frame.js';
import { take } from './step-values.js';

/** Statuses that `rate-limits` stands for. */
const RATE_LIMITS: readonly (number | string)[] = [429, 504];

export async function performWithPolicy(
  step: Step,
  policy: CompiledPolicy,
  frame: Frame,
  watcher: (Watcher & { attempts: number }) | null,
): Promise<StepOutcome> {
  const times = policy.retry?.times ?? 0;
  for (let attempt = 1; ; attempt++) {
    if (watcher) watcher.attempts = attempt;
    try {
      return await attemptStep(step, frame, attempt, watcher);
    } catch (error) {
      const failure = locate(error, step, frame);
      if (frame.run.halted !== null) throw failure;
      if (attempt > times || !isRetryable(failure, policy)) return await giveUp(step, policy, frame, failure, attempt);
      const key = frame.key(step, attempt);
      const delay = pauseAfter(attempt, policy, failure, frame, key);
      frame.run.watch.attempt(step, frame, attempt, failure, delay);
      await frame.run.seam.sleep(`${key}~retry`, delay, step, frame);
    }
  }
}

/**
 * Milliseconds until the next attempt: the pause of the flow, grown by its factor, or what the service asks for if that
 * is more. Neither exceeds `maxDelay`.
 */
function pauseAfter(attempt: number, { retry }: CompiledPolicy, failure: Failure, frame: Frame, key: string): number {
  if (retry === null) return 0;
  const { run } = frame;
  const [from, to] = retry.delay;
  const drawn = from + Math.floor(run.seam.draw(key, frame) * (to - from + 1));
  // Nothing grows to nothing; 0 times infinity would be no number.
  const own = drawn === 0 ? 0 : drawn * retry.backoff ** (attempt - 1);
  return Math.min(Math.max(own, retryAfterMs(failure.extra['headers'], run.world.clock.now())), retry.maxDelay);
}

function isRetryable(failure: Failure, policy: CompiledPolicy): boolean {
  const { error } = failure;
  // What may have taken place is not tried again.
  if (failure.code === 'unknown-outcome') return false;
  if (error instanceof CancelledError || error instanceof LimitError) return false;
  const when = policy.retry?.when ?? 'rate-limits';
  if (when === 'all') return true;
  const wanted = when === 'rate-limits' ? RATE_LIMITS : when;
  return wanted.includes(failure.code) || (failure.statusCode !== null && wanted.includes(failure.statusCode));
}

async function giveUp(
  step: Step,
  policy: CompiledPolicy,
  frame: Frame,
  failure: Failure,
  attempt: number,
): Promise<StepOutcome> {
  if (policy.then === 'raise') throw failure;
  const values: Record<string, Value> = {};
  for (const input of policy.values) values[input.name] = await take(input, frame);
  if (policy.then === 'return') throw withValues(failure, values);
  if (policy.flow !== null) {
    try {
      await callFlow({ caller: frame, step, attempt, plan: policy.flow, inputs: values, error: errorObject(failure) });
    } catch (error) {
      // The error that is being handled matters more than that of its handler, which has a run of its own to show it.
      if (frame.run.halted !== null) throw error;
    }
  }
  throw failure;
}

/** "Return Values": custom values win over those of the error. */
function withValues(failure: Failure, values: Readonly<Record<string, Value>>): Failure {
  const { message = failure.message, statusCode = failure.statusCode, ...rest } = values;
  // The code is that of the error that is passed on.
  const error = new RunError(failure.code as EngineCode, typeof message === 'string' ? message : failure.message, {
    cause: failure.error,
    statusCode: typeof statusCode === 'number' ? statusCode : failure.statusCode,
    extra: { ...failure.extra, ...rest },
    ...(failure.hint === undefined ? {} : { hint: failure.hint }),
  });
  return new Failure(error, failure.step, failure.execution, failure.remote);
}
