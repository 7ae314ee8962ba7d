// The process in which hostile flows run: one after the other, as it is asked.
import { hostileFlow } from './hostile-flows.mjs';
import { tryHostile } from './trial.mjs';

process.on('message', async ({ seed, index }) => {
  process.send(await tryHostile(hostileFlow(seed, index)));
});
process.on('disconnect', () => process.exit());
