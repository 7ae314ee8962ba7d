/** Restate as the runtime contract tries it. */
import { join } from 'node:path';
import { runSeal } from '@flowdeck/host';
import { restateClient } from '@flowdeck/runtime-restate';
import { freePort, type RuntimeSubject } from '@flowdeck/testing/runtime-contract';
import { bundledWorker } from '../../testing/test/bundle-worker.js';
import { RestateServer, serverBinary } from './server.js';

/** Null where there is no server. `key`: all is sealed with it. */
export function restateSubject(key?: string): RuntimeSubject | null {
  const binary = serverBinary();
  if (binary === null) return null;
  const file = bundledWorker(new URL('./contract-worker.ts', import.meta.url), ['@restatedev/*']);
  return {
    name: 'restate',
    outlivesProcess: true,
    crashes: 4,
    async open(dir) {
      const server = await RestateServer.open(binary, join(dir, 'restate'));
      const { ingress, admin } = server;
      // Each version of the interpreter is reached at an address of its own: old runs end where they began.
      const ports = new Map<string, number>();
      const portOf = async (interpreter: string): Promise<number> => {
        const port = ports.get(interpreter) ?? (await freePort());
        ports.set(interpreter, port);
        return port;
      };
      return {
        worker: async (interpreter) => ({
          file,
          args: [String(await portOf(interpreter)), join(dir, 'annex'), ...(key === undefined ? [] : [key])],
        }),
        admit: async (interpreter) => server.admit(await portOf(interpreter)),
        client: restateClient({ ingress, admin, ...(key === undefined ? {} : { seal: runSeal(key) }) }),
        crash: (meanwhile) => server.crash(meanwhile),
        close: () => server.close(),
      };
    },
  };
}
