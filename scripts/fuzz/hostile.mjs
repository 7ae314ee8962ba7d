// Runs hostile flows, each of which is to end on time: what ends the process or hangs it is told, and the rest goes on.
import { fork } from 'node:child_process';
import { hostileFlow, KIND_NAMES } from './hostile-flows.mjs';

/** Milliseconds after which a flow counts as one that hangs. Its wall time is below one second. */
const HANGS_MS = 60_000;
const HEAP_MB = 1_024;

function start() {
  return fork(new URL('./hostile-child.mjs', import.meta.url), [], {
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

/** @returns 0 when every flow ended by itself, with an error that a host can read. */
export async function fuzzHostile(count, seed) {
  const trials = [];
  let child = start();
  let bad = 0;
  for (let index = 0; index < count; index++) {
    const came = await ask(child, { seed, index });
    const fault = came.lost ?? came.bare;
    if (fault !== null) {
      bad++;
      console.log(`${seed}/${index} "${hostileFlow(seed, index).kind}" ${fault}`);
    }
    if (came.lost !== null) child = start();
    else trials.push(came);
    if (index % 100 === 99) console.log(`${index + 1} flows ...`);
  }
  child.kill();
  print(trials);
  console.log(`${count} hostile flows: ${bad} crashed, hung or gave a bare error`);
  return bad === 0 ? 0 : 1;
}

function print(trials) {
  const late = (list) => list.map(({ overrunMs }) => overrunMs).filter((ms) => ms !== null);
  console.log(
    'past the wall time or the cancel, in ms          ended late        p50      p99      max   longest turn',
  );
  const line = (name, list) => {
    const overruns = late(list).sort((a, b) => a - b);
    const at = (part) => (overruns[Math.min(overruns.length - 1, Math.floor(overruns.length * part))] ?? 0).toFixed(1);
    const held = Math.max(0, ...list.map(({ heldMs }) => heldMs)).toFixed(1);
    const numbers = [at(0.5), at(0.99), at(1), held].map((ms) => ms.padStart(8)).join(' ');
    console.log(`${name.padEnd(44)} ${`${overruns.length}/${list.length}`.padStart(12)} ${numbers}`);
  };
  for (const kind of KIND_NAMES) {
    line(
      `  ${kind}`,
      trials.filter((trial) => trial.kind === kind),
    );
  }
  line('all', trials);
  const ends = new Map();
  for (const { status, limit } of trials) ends.set(limit ?? status, (ends.get(limit ?? status) ?? 0) + 1);
  console.log(`ended by: ${[...ends].map(([name, times]) => `${name} ${times}`).join(', ')}`);
}
