// Runs hostile flows in processes of their own: what ends one or hangs it is told, and the rest goes on.
import { fork } from 'node:child_process';
import { hostileFlow } from './flows.mjs';

/** Milliseconds after which a flow counts as one that hangs. Its wall time is below one second. */
const HANGS_MS = 60_000;
const HEAP_MB = 1_024;
/** Flows of one process: what one leaves behind meets others, and the peak of its memory has few to be put down to. */
const TOGETHER = 50;

function start() {
  return fork(new URL('./child.mjs', import.meta.url), [], {
    // Helper threads would count as time of the flow, and wait for a free core on a busy machine.
    execArgv: [`--max-old-space-size=${HEAP_MB}`, '--single-threaded'],
    stdio: ['ignore', 'inherit', 'ignore', 'ipc'],
  });
}

/** What came of one flow; `lost` is why its process is no more, or null. */
function ask(child, order) {
  return new Promise((resolve) => {
    const settle = (came) => {
      clearTimeout(timer);
      child.removeAllListeners();
      resolve(came);
    };
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      settle({ lost: 'hangs' });
    }, HANGS_MS);
    child.once('message', (came) => settle({ ...came, lost: null }));
    child.once('exit', (code, signal) => settle({ lost: `ends its process (${signal ?? code})` }));
    child.send(order);
  });
}

/**
 * What was measured of each flow, in their order: see `tryHostile`, with `index`, and `lost` instead of all else where its
 * process died or hung.
 */
export async function watchFlows({ flows, seed, wallTimeMs, tell }) {
  const figures = [];
  let child = start();
  for (let index = 0; index < flows; index++) {
    if (index > 0 && index % TOGETHER === 0) {
      child.kill();
      child = start();
    }
    const came = await ask(child, { seed, index, wallTimeMs });
    figures.push({ index, kind: hostileFlow(seed, index).kind, ...came });
    if (came.lost !== null) child = start();
    tell(index + 1, figures.at(-1));
  }
  child.kill();
  return figures;
}
