// Workers as processes, and what they and what is behind them cost.
import { fork } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { bundledWorker } from '../../packages/testing/test/bundle-worker.ts';

/** Starts a worker; resolves when it takes runs. */
export async function startWorker(file, options) {
  const child = fork(file, [JSON.stringify(options)], { execArgv: ['--expose-gc'], stdio: 'inherit' });
  const { revision } = await answer(child);
  return {
    revision,
    pid: child.pid,
    /** Bytes that live in it. */
    async held() {
      child.send('held');
      return (await answer(child)).held;
    },
    end: () =>
      new Promise((resolve) => {
        child.once('exit', resolve);
        child.kill('SIGKILL');
      }),
  };
}

/** The program of a worker, as one file. */
export function workerFile() {
  return bundledWorker(new URL('./worker.mjs', import.meta.url), ['@restatedev/*', '@dbos-inc/*', 'pg']);
}

function answer(child) {
  return new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`A worker ended with ${code}.`)));
  });
}

/** A clock tick of Linux. */
const TICK_MS = 10;

/** Milliseconds of processor time that processes and their children have taken; null where the system does not say. */
export function processorTime(pids) {
  try {
    const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    const stats = new Map(all.flatMap((pid) => statOf(pid)));
    const isOf = (pid) => pids.includes(pid) || (stats.has(pid) && isOf(stats.get(pid).parent));
    return [...stats.keys()].filter(isOf).reduce((sum, pid) => sum + stats.get(pid).ticks * TICK_MS, 0);
  } catch {
    return null;
  }
}

/** The parent of a process, and its ticks with those of its children that have ended. */
function statOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    return [[Number(pid), { parent: fields[1], ticks: fields[11] + fields[12] + fields[13] + fields[14] }]];
  } catch {
    return []; // it has ended meanwhile
  }
}
