/** One attempt of an effect, ended by its own outcome, its time limit, or the end of the run. */
import { type Clock, TimeoutError, type Value } from '@flowdeck/engine';
import type { EffectContext } from '@flowdeck/engine/kit';
import type { Halt } from './halt.js';

export type Outcome =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'error'; readonly error: unknown }
  /** The run was stopped meanwhile: whether the effect took place is not known. */
  | { readonly kind: 'stopped'; readonly reason: unknown };

export type Effect = (context: EffectContext) => Value | Promise<Value>;

export interface AttemptWorld {
  readonly run: string;
  readonly clock: Clock;
  readonly halt: Halt;
  /** The run's signal: what an effect without a time limit is given. */
  readonly signal: AbortSignal;
}

/** Performs the effect once. Never rejects. */
export function attempt(
  id: string,
  effect: Effect,
  timeoutMs: number | undefined,
  world: AttemptWorld,
): Promise<Outcome> {
  return new Promise((resolve) => {
    const limit = timeoutMs === undefined ? null : new AbortController();
    const cancelTimer = timeoutMs === undefined ? null : world.clock.after(timeoutMs, onTimeout);
    const forget = world.halt.onStop((reason) => {
      settle({ kind: 'stopped', reason });
      limit?.abort(reason);
    });

    function onTimeout(): void {
      const error = new TimeoutError(`"${id}" took longer than ${timeoutMs} ms.`, {
        at: { run: world.run },
        hint: 'Give the card a longer "timeout", or find out why the service is slow.',
      });
      settle({ kind: 'error', error });
      limit?.abort(error);
    }

    function settle(outcome: Outcome): void {
      cancelTimer?.();
      forget();
      resolve(outcome);
    }

    // A promise settles once, so whatever the effect does after its time counts for nothing.
    try {
      const given = effect({ key: id, signal: limit?.signal ?? world.signal });
      if (given instanceof Promise) {
        given.then(
          (value) => settle({ kind: 'value', value }),
          (error: unknown) => settle({ kind: 'error', error }),
        );
      } else {
        settle({ kind: 'value', value: given });
      }
    } catch (error) {
      settle({ kind: 'error', error });
    }
  });
}
