/** Flowdeck on a runtime that keeps what a run was given as JSON: every run is lived twice, the second time from what was kept. */
import type { Clock, Pack, Value } from '@flowdeck/engine';
import { encodeValue, toData } from '@flowdeck/engine/kit';
import type { Adapter, Observed } from '@flowdeck/testing';
import { adapterOf, type OpenHttp, observe, withEngine } from './adapter.js';
import { JsonRuntime } from './json-runtime.js';

/**
 * An engine under test that breaks when the second life of a run comes to something else than the first, or does again
 * what was done in the first.
 */
export function durableAdapterOf(packs: readonly Pack[], open: OpenHttp): Adapter {
  return {
    ...adapterOf(packs, open),
    name: 'flowdeck-durable',
    async run(program, request) {
      let runtime: JsonRuntime | undefined;
      let startedAt = 0;
      const remembering = (clock: Clock) => {
        startedAt = clock.now();
        runtime = new JsonRuntime(clock);
        return runtime;
      };
      return withEngine(packs, request, open, { runtime: remembering }, async (engine, clock) => {
        const { onEvent } = request;
        const off = onEvent === null ? () => {} : engine.on('*', (event) => onEvent({ ...event }));
        const first = await observe(engine, program, request, clock, { startedAt });
        off();
        if (!isRepeatable(first)) return first;
        const kept = { ...first, waits: [...first.waits] };
        const performed = runtime?.performed;
        const second = await observe(engine, program, { ...request, signals: [] }, clock, { startedAt });
        if (lasting(kept) !== lasting(second)) {
          throw new Error(`A second life comes to something else: ${lasting(kept)}, then ${lasting(second)}`);
        }
        if (runtime?.performed !== performed) throw new Error('A second life does again what was done in the first.');
        return kept;
      });
    },
  };
}

/** Time that is over in the second life, and a run that was cancelled from outside, cannot come again. */
function isRepeatable({ status, error }: Observed): boolean {
  if (status === 'refused' || status === 'cancelled') return false;
  return error?.['code'] !== 'limit' || !String(error['message']).includes('wallTimeMs');
}

/** As text, without what is of one life only. */
function lasting({ waits: _, durationMs: __, outputs, value, ...rest }: Observed): string {
  // What a flow gives is values; a text is told from a date so.
  const given = [outputs, value].map((each) => encodeValue((each ?? null) as Value));
  return JSON.stringify([given, toData(rest)]);
}
