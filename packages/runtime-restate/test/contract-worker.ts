/** A worker of the runtime contract, on Restate. */
import { standard } from '@flowdeck/cards';
import { fileAnnex, runSeal } from '@flowdeck/host';
import { restateWorker } from '@flowdeck/runtime-restate';
import { contractWorker } from '@flowdeck/testing/runtime-contract';
import * as restate from '@restatedev/restate-sdk';

const [, , port = '', dir = '', key] = process.argv;

const { engine, decks, interpreter, ready } = await contractWorker({ packs: [standard] });
const sealed = key === undefined ? {} : { seal: runSeal(key) };
const services = restateWorker({ engine, decks, interpreter, annex: fileAnnex({ dir }), ...sealed });
await restate.serve({ services, port: Number(port) });
ready();
