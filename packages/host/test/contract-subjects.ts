/** Runs of one process, in memory and on a journal, as the runtime contract tries them. */
import { join } from 'node:path';
import type { RuntimeClient } from '@flowdeck/engine';
import { remoteRuns } from '@flowdeck/host';
import { freePort, type OpenRuntime, type RuntimeSubject } from '@flowdeck/testing/runtime-contract';
import { bundledWorker } from '../../testing/test/bundle-worker.js';
import type { FaultName } from './faults.js';

const WORKER = new URL('./contract-worker.ts', import.meta.url);
const TOKEN = 'of-the-contract';
const JOURNAL = { name: 'journal', outlivesProcess: true, crashes: 6 } as const;

export function memorySubject(): RuntimeSubject {
  const worker = bundledWorker(WORKER, []);
  return { name: 'memory', outlivesProcess: false, open: () => opened(worker, []) };
}

/** `key`: all is sealed with it. */
export function journalSubject(key?: string): RuntimeSubject {
  const worker = bundledWorker(WORKER, []);
  return { ...JOURNAL, open: (dir) => opened(worker, [join(dir, 'journal'), ...(key === undefined ? [] : [key])]) };
}

/** A journal that does something wrong. */
export function faultySubject(fault: FaultName): RuntimeSubject {
  const worker = bundledWorker(new URL('./faulty-worker.ts', import.meta.url), []);
  return { ...JOURNAL, name: fault, open: (dir) => opened(worker, [join(dir, 'journal'), fault]) };
}

async function opened(file: string, args: readonly string[]): Promise<OpenRuntime> {
  const port = await freePort();
  return {
    worker: () => ({ file, args: [String(port), TOKEN, ...args] }),
    client: remoteRuns({ url: `http://127.0.0.1:${port}`, token: TOKEN }),
    async close() {},
  };
}

/** A runtime like another, but for what its client does otherwise. */
export function lying(subject: RuntimeSubject, lie: (client: RuntimeClient) => Partial<RuntimeClient>): RuntimeSubject {
  return {
    ...subject,
    async open(dir) {
      const opened = await subject.open(dir);
      const { client } = opened;
      return { ...opened, client: { ...asking(() => client), ...lie(client) } };
    },
  };
}

/** Each of its workers has runs of its own, and the last one is asked for all. */
export function dividedSubject(subject: RuntimeSubject): RuntimeSubject {
  return {
    ...subject,
    async open(dir) {
      let last = await subject.open(dir);
      return {
        ...last,
        async worker(interpreter) {
          last = await subject.open(dir);
          return last.worker(interpreter);
        },
        client: asking(() => last.client),
      };
    },
  };
}

/** A client that asks whichever it is given at the time. */
function asking(client: () => RuntimeClient): RuntimeClient {
  return {
    start: (run) => client().start(run),
    end: (runId) => client().end(runId),
    list: (limit) => client().list(limit),
    show: (runId) => client().show(runId),
    cancel: (runId) => client().cancel(runId),
    signal: (executionId, name, value) => client().signal(executionId, name, value),
    close: () => client().close(),
  };
}
