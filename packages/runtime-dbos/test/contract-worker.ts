/** A worker of the runtime contract, on DBOS. */
import { standard } from '@flowdeck/cards';
import { fileAnnex } from '@flowdeck/host';
import { dbosWorker } from '@flowdeck/runtime-dbos';
import { contractWorker } from '@flowdeck/testing/runtime-contract';

const [, , databaseUrl = '', dir = ''] = process.argv;

const { engine, decks, interpreter, ready } = await contractWorker({ packs: [standard] });
const annex = fileAnnex({ dir });
await dbosWorker({ databaseUrl, engine, decks, interpreter, annex, takeoverMs: 100 });
ready();
