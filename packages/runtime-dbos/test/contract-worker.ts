/** A worker of the runtime contract, on DBOS. */
import { standard } from '@flowdeck/cards';
import { fileAnnex, runSeal } from '@flowdeck/host';
import { dbosWorker } from '@flowdeck/runtime-dbos';
import { contractWorker } from '@flowdeck/testing/runtime-contract';

const [, , databaseUrl = '', dir = '', key] = process.argv;

const { engine, decks, interpreter, ready } = await contractWorker({ packs: [standard] });
const annex = fileAnnex({ dir });
const sealed = key === undefined ? {} : { seal: runSeal(key) };
await dbosWorker({ databaseUrl, engine, decks, interpreter, annex, takeoverMs: 100, ...sealed });
ready();
