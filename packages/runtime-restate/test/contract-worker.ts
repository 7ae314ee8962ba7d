/** A worker of the runtime contract, on Restate. */
import { standard } from '@flowdeck/cards';
import { fileAnnex } from '@flowdeck/host';
import { restateWorker } from '@flowdeck/runtime-restate';
import { contractWorker } from '@flowdeck/testing/runtime-contract';
import * as restate from '@restatedev/restate-sdk';

const [, , port = '', dir = ''] = process.argv;

const { engine, decks, interpreter, ready } = await contractWorker({ packs: [standard] });
const services = restateWorker({ engine, decks, interpreter, annex: fileAnnex({ dir }) });
await restate.serve({ services, port: Number(port) });
ready();
