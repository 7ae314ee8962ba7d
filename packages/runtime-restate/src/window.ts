/** A window of calls that waits by the race of Restate only, so that a replay sees the same order. */
import type { CallOutcome, CallRequest } from '@flowdeck/engine';
import { RestatePromise } from '@restatedev/restate-sdk';

/** The calls of a loop. */
export interface RacingCalls {
  readonly count: number;
  readonly concurrency: number;
  readonly request: (index: number) => Promise<CallRequest>;
  readonly call: (request: CallRequest) => RestatePromise<CallOutcome>;
  readonly settle: (index: number, outcome: CallOutcome) => void;
}

export async function inRace({ count, concurrency, request, call, settle }: RacingCalls): Promise<void> {
  const under = new Map<number, RestatePromise<{ index: number; outcome: CallOutcome }>>();
  let next = 0;
  let failure: { readonly error: unknown } | null = null;
  for (;;) {
    while (failure === null && next < count && under.size < concurrency) {
      const index = next++;
      const asked = await request(index);
      // `map` also hears of a call that Restate ended: that ends the life of this run.
      under.set(
        index,
        call(asked).map((outcome, ended) => {
          if (outcome === undefined) throw ended ?? new Error('A call ended without an outcome.');
          return { index, outcome };
        }),
      );
    }
    if (under.size === 0) break;
    const { index, outcome } = await RestatePromise.race([...under.values()]);
    under.delete(index);
    try {
      settle(index, outcome);
    } catch (error) {
      failure ??= { error };
    }
  }
  if (failure !== null) throw failure.error;
}
