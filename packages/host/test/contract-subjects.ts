/** Runs of one process, in memory and on a journal, as the runtime contract tries them. */
import { createServer } from 'node:net';
import { join } from 'node:path';
import { remoteRuns } from '@flowdeck/host';
import type { OpenRuntime, RuntimeSubject } from '@flowdeck/testing/runtime-contract';
import { bundledWorker } from '../../testing/test/bundle-worker.js';

const WORKER = new URL('./contract-worker.ts', import.meta.url);
const TOKEN = 'of-the-contract';

export function memorySubject(): RuntimeSubject {
  const worker = bundledWorker(WORKER, []);
  return { name: 'memory', outlivesProcess: false, open: () => opened(worker, []) };
}

export function journalSubject(): RuntimeSubject {
  const worker = bundledWorker(WORKER, []);
  return { name: 'journal', outlivesProcess: true, crashes: 6, open: (dir) => opened(worker, [join(dir, 'journal')]) };
}

async function opened(file: string, args: readonly string[]): Promise<OpenRuntime> {
  const port = await freePort();
  return {
    worker: () => ({ file, args: [String(port), TOKEN, ...args] }),
    client: remoteRuns({ url: `http://127.0.0.1:${port}`, token: TOKEN }),
    async close() {},
  };
}

async function freePort(): Promise<number> {
  const socket = createServer();
  await new Promise<void>((resolve) => socket.listen(0, '127.0.0.1', resolve));
  const address = socket.address();
  await new Promise((resolve) => socket.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No port is free.');
  return address.port;
}
