/** A worker of the runtime contract: runs of this process, in memory or on a journal, served to the contract. */
import { standard } from '@flowdeck/cards';
import { createRunsHandler, type FileJournal, fileJournal, listen, localRuns, runSeal } from '@flowdeck/host';
import { contractWorker } from '@flowdeck/testing/runtime-contract';

const [, , port = '', token = '', dir, key] = process.argv;

let journal: FileJournal | undefined;
const { engine, decks, clock, ready } = await contractWorker({
  packs: [standard],
  ...(dir === undefined
    ? {}
    : {
        async runtime(clock, interpreter) {
          journal = await fileJournal({
            dir,
            clock,
            interpreter,
            ...(key === undefined ? {} : { seal: runSeal(key) }),
          });
          return journal;
        },
      }),
});
const runs = await localRuns({ engine, decks, ...(journal === undefined ? {} : { journal }) });
await listen(createRunsHandler(runs, { token, clock }), { port: Number(port) });
ready();
