// The process in which hostile flows run: one after the other, as it is asked.
import { hostileFlow } from './flows.mjs';
import { tryHostile } from './trial.mjs';

process.on('message', async ({ seed, index, wallTimeMs }) => {
  const flow = hostileFlow(seed, index);
  if (wallTimeMs !== undefined) flow.limits.wallTimeMs = wallTimeMs;
  process.send(await tryHostile(flow));
});
process.on('disconnect', () => process.exit());
