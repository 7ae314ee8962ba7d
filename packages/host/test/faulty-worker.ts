/** A worker of the runtime contract with a fault in its journal, by name. The contract has to tell. */
import { standard } from '@flowdeck/cards';
import type { RunRuntime } from '@flowdeck/engine';
import { createRunsHandler, type FileJournal, fileJournal, listen, localRuns } from '@flowdeck/host';
import { contractWorker } from '@flowdeck/testing/runtime-contract';
import { readFault, type StepFault } from './faults.js';

const [, , port = '', token = '', dir = '', fault = ''] = process.argv;

let journal: FileJournal | undefined;
const { engine, decks, clock, ready } = await contractWorker({
  packs: [standard],
  async runtime(own, interpreter) {
    journal = faulty(await fileJournal({ dir, clock: own, interpreter }), readFault(fault));
    return journal;
  },
});
const runs = await localRuns({ engine, decks, ...(journal === undefined ? {} : { journal }) });
await listen(createRunsHandler(runs, { token, clock }), { port: Number(port) });
ready();

function faulty(whole: FileJournal, step: StepFault): FileJournal {
  return {
    transient: whole.transient,
    interpreter: whole.interpreter,
    open: async (record, life) => faultyRun(await whole.open(record, life), step),
    close: (runId, end) => whole.close(runId, end),
    signal: (runId, name, value) => whole.signal(runId, name, value),
    unfinished: () => whole.unfinished(),
    begun: (runId) => whole.begun(runId),
    result: (runId) => whole.result(runId),
    kept: (runId) => whole.kept(runId),
    isAtRest: (runId) => whole.isAtRest(runId),
    nextRest: (runId) => whole.nextRest(runId),
    shutdown: () => whole.shutdown(),
  };
}

function faultyRun(run: RunRuntime, step: StepFault): RunRuntime {
  return {
    keyed: run.keyed,
    step: (id, effect) => step(run, id, effect),
    sleep: (id, ms) => run.sleep(id, ms),
    signal: (id, name, timeoutMs) => run.signal(id, name, timeoutMs),
  };
}
