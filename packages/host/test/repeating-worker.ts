/** A worker of the runtime contract with a fault: its runtime performs each effect twice. The contract has to tell. */
import { standard } from '@flowdeck/cards';
import type { RunRuntime, Runtime } from '@flowdeck/engine';
import { createRunsHandler, fileJournal, listen, localRuns } from '@flowdeck/host';
import { contractWorker } from '@flowdeck/testing/runtime-contract';

const [, , port = '', token = '', dir = ''] = process.argv;

const { engine, decks, clock, ready } = await contractWorker({
  packs: [standard],
  runtime: async (own, interpreter) => repeating(await fileJournal({ dir, clock: own, interpreter })),
});
const runs = await localRuns({ engine, decks });
await listen(createRunsHandler(runs, { token, clock }), { port: Number(port) });
ready();

function repeating(runtime: Runtime): Runtime {
  return {
    transient: runtime.transient,
    open: async (record, life) => repeatingRun(await runtime.open(record, life)),
    close: (runId, end) => runtime.close(runId, end),
    signal: (runId, name, value) => runtime.signal(runId, name, value),
  };
}

function repeatingRun(run: RunRuntime): RunRuntime {
  return {
    keyed: run.keyed,
    step: (id, effect) =>
      run.step(id, async () => {
        await effect();
        return effect();
      }),
    sleep: (id, ms) => run.sleep(id, ms),
    signal: (id, name, timeoutMs) => run.signal(id, name, timeoutMs),
  };
}
