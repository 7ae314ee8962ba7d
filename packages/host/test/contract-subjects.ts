/** Runs of one process, in memory and on a journal, as the runtime contract tries them. */
import { join } from 'node:path';
import type { RuntimeClient } from '@flowdeck/engine';
import { remoteRuns } from '@flowdeck/host';
import { freePort, type OpenRuntime, type RuntimeSubject } from '@flowdeck/testing/runtime-contract';
import { bundledWorker } from '../../testing/test/bundle-worker.js';

const WORKER = new URL('./contract-worker.ts', import.meta.url);
const TOKEN = 'of-the-contract';

export function memorySubject(): RuntimeSubject {
  const worker = bundledWorker(WORKER, []);
  return { name: 'memory', outlivesProcess: false, open: () => opened(worker, []) };
}

/** `key`: all is sealed with it. */
export function journalSubject(key?: string): RuntimeSubject {
  const worker = bundledWorker(WORKER, []);
  return {
    name: 'journal',
    outlivesProcess: true,
    crashes: 6,
    open: (dir) => opened(worker, [join(dir, 'journal'), ...(key === undefined ? [] : [key])]),
  };
}

/** Performs each effect twice. */
export function repeatingSubject(): RuntimeSubject {
  const worker = bundledWorker(new URL('./repeating-worker.ts', import.meta.url), []);
  return { name: 'repeating', outlivesProcess: false, open: (dir) => opened(worker, [join(dir, 'journal')]) };
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
      const honest: RuntimeClient = {
        start: (run) => client.start(run),
        end: (runId) => client.end(runId),
        list: (limit) => client.list(limit),
        show: (runId) => client.show(runId),
        cancel: (runId) => client.cancel(runId),
        signal: (executionId, name, value) => client.signal(executionId, name, value),
        close: () => client.close(),
      };
      return { ...opened, client: { ...honest, ...lie(client) } };
    },
  };
}
