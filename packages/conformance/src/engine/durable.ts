/** Flowdeck on a runtime that keeps JSON, and sends calls as JSON too: every run is lived twice, the second time from what was kept. */
import type { Clock, Deck, Engine, Pack, Value } from '@flowdeck/engine';
import { encodeValue, toData } from '@flowdeck/engine/kit';
import { type Adapter, JsonRuntime, type Observed, type Program } from '@flowdeck/testing';
import { adapterOf, type OpenHttp, observe, withEngine } from './adapter.js';

/**
 * Where the calls of a run are carried out: in its own journal, or by `Engine.execute`, as requests. `suspended`: in its own,
 * and whenever it waits its life is given up and lived again.
 */
export type CallsGo = 'here' | 'elsewhere' | 'suspended';

const NAMES: Readonly<Record<CallsGo, string>> = {
  here: 'flowdeck-durable',
  elsewhere: 'flowdeck-loopback',
  suspended: 'flowdeck-suspended',
};

/**
 * An engine under test that breaks when the second life of a run comes to something else than the first, or does again
 * what was done in the first.
 */
export function durableAdapterOf(packs: readonly Pack[], open: OpenHttp, callsGo: CallsGo): Adapter {
  return {
    ...adapterOf(packs, open),
    name: NAMES[callsGo],
    async run(program, request) {
      let runtime: JsonRuntime | undefined;
      let startedAt = 0;
      let engine: Engine | undefined;
      const remembering = (clock: Clock) => {
        startedAt = clock.now();
        runtime = new JsonRuntime({
          clock,
          suspends: callsGo === 'suspended',
          ...(callsGo === 'elsewhere' && {
            execute: async (call, own, over) => {
              if (engine === undefined) throw new Error('A call came before its engine.');
              return engine.execute(call, { decks: decksOf(engine, program), runtime: own, signal: over });
            },
          }),
        });
        return runtime;
      };
      return withEngine(packs, request, open, { runtime: remembering }, async (opened, clock) => {
        engine = opened;
        const { onEvent } = request;
        const off = onEvent === null ? () => {} : opened.on('*', (event) => onEvent({ ...event }));
        const first = await observe(opened, program, request, clock, { startedAt });
        off();
        if (!isRepeatable(first)) return first;
        const kept = { ...first, waits: [...first.waits] };
        const performed = runtime?.performed;
        const second = await observe(opened, program, { ...request, signals: [] }, clock, { startedAt });
        if (lasting(kept) !== lasting(second)) {
          throw new Error(`A second life comes to something else: ${lasting(kept)}, then ${lasting(second)}`);
        }
        if (runtime?.performed !== performed) throw new Error('A second life does again what was done in the first.');
        return kept;
      });
    },
  };
}

/** The deck of the case, loaded anew for each call as on another worker. */
function decksOf(engine: Engine, program: Program): { get(): Deck | null } {
  return { get: () => ('document' in program ? engine.load(program.document) : null) };
}

/**
 * Time that is over in the second life, and a run that was cancelled from outside, cannot come again. Whether an
 * expression that does not end uses up its steps first or its time is the machine's affair, in each life anew.
 */
function isRepeatable({ status, error }: Observed): boolean {
  if (status === 'refused' || status === 'cancelled') return false;
  return !/wallTimeMs|^The expression (?:took longer|exceeded .*\(steps\))/.test(String(error?.['message'] ?? ''));
}

/** As text, without what is of one life only: times, and what was done to tables, which is not done again. */
function lasting({ waits: _, durationMs: __, tables: ___, outputs, value, ...rest }: Observed): string {
  // What a flow gives is values; a text is told from a date so.
  const given = [outputs, value].map((each) => encodeValue((each ?? null) as Value));
  return JSON.stringify([given, toData(rest)]);
}
