/** The runtimes that the command is tried on. */
import { join } from 'node:path';
import { freePort } from '@flowdeck/testing/runtime-contract';
import { Cluster, postgresPrograms } from '../../runtime-dbos/test/cluster.js';
import { RestateServer, serverBinary } from '../../runtime-restate/test/server.js';

/** A runtime that is up, without a worker. */
export interface Place {
  /** What `--runtime` is given. */
  readonly address: string;
  readonly workerArgs: readonly string[];
  close(): Promise<void>;
}

const restate = serverBinary();
const postgres = process.env['FLOWDECK_POSTGRES'] === undefined ? null : postgresPrograms();

/** By name: opens it in a directory, or says why it is not there. */
export const PLACES: Readonly<Record<string, ((dir: string) => Promise<Place>) | string>> = {
  journal: async () => ({ address: 'journal:runs', workerArgs: [], close: async () => {} }),
  restate:
    restate === null
      ? 'no Restate server: npm install @restatedev/restate-server@1.7.12'
      : async (dir) => {
          const server = await RestateServer.open(restate, join(dir, 'restate'));
          const { host } = new URL(server.ingress);
          const address = `restate://${host}?admin=${new URL(server.admin).host}`;
          return { address, workerArgs: ['--port', String(await freePort())], close: () => server.close() };
        },
  postgres:
    postgres === null
      ? 'no PostgreSQL: apt-get install postgresql; FLOWDECK_POSTGRES=/usr/lib/postgresql/15/bin'
      : async () => {
          const cluster = await Cluster.open(postgres);
          return { address: await cluster.database('work'), workerArgs: [], close: async () => {} };
        },
};
