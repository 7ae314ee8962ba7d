// A worker process of a runtime: takes runs, and says how much it holds when it is asked.
import { bench } from './deck.mjs';

const { runtime, ...options } = JSON.parse(process.argv[2] ?? '{}');
const { engine, deck } = bench(runtime);
const decks = new Map([[deck.revision, deck]]);
if (runtime === 'restate') {
  const { listenForRestate } = await import('@flowdeck/runtime-restate');
  await listenForRestate({ engine, decks, ...options });
} else {
  const { dbosWorker } = await import('@flowdeck/runtime-dbos');
  await dbosWorker({ engine, decks, ...options });
}
process.on('disconnect', () => process.exit());
process.on('message', () => {
  globalThis.gc();
  process.send({ held: process.memoryUsage().heapUsed });
});
process.send({ revision: deck.revision });
