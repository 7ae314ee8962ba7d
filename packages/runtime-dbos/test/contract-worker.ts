/** A worker of the runtime contract, on DBOS. */
import { standard } from '@flowdeck/cards';
import { dbosWorker } from '@flowdeck/runtime-dbos';
import { contractWorker } from '@flowdeck/testing/runtime-contract';

const [, , databaseUrl = ''] = process.argv;

const { engine, decks, interpreter, ready } = await contractWorker({ packs: [standard] });
await dbosWorker({ databaseUrl, engine, decks, interpreter, takeoverMs: 100 });
ready();
