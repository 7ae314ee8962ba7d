/** A worker of the runtime contract, on Restate. */
import { standard } from '@flowdeck/cards';
import { restateWorker } from '@flowdeck/runtime-restate';
import { contractWorker } from '@flowdeck/testing/runtime-contract';
import * as restate from '@restatedev/restate-sdk';

const [, , port = ''] = process.argv;

const { engine, decks, interpreter, ready } = await contractWorker({ packs: [standard] });
await restate.serve({ services: restateWorker({ engine, decks, interpreter }), port: Number(port) });
ready();
