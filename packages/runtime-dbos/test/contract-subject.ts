/** DBOS on PostgreSQL as the runtime contract tries it. */
import { join } from 'node:path';
import { runSeal } from '@flowdeck/host';
import { dbosClient } from '@flowdeck/runtime-dbos';
import type { RuntimeSubject } from '@flowdeck/testing/runtime-contract';
import { bundledWorker } from '../../testing/test/bundle-worker.js';
import { Cluster, postgresPrograms } from './cluster.js';

/** Null where there is no PostgreSQL. `key`: all is sealed with it. */
export function dbosSubject(key?: string): RuntimeSubject | null {
  const programs = postgresPrograms();
  if (programs === null) return null;
  const file = bundledWorker(new URL('./contract-worker.ts', import.meta.url), ['@dbos-inc/*', 'pg']);
  let cluster: Promise<Cluster> | null = null;
  let databases = 0;
  return {
    name: 'dbos',
    outlivesProcess: true,
    crashes: 4,
    async open(dir) {
      cluster ??= Cluster.open(programs);
      const open = await cluster;
      const url = await open.database(`contract_${++databases}`);
      const client = dbosClient({ databaseUrl: url, ...(key === undefined ? {} : { seal: runSeal(key) }) });
      return {
        worker: () => ({ file, args: [url, join(dir, 'annex'), ...(key === undefined ? [] : [key])] }),
        client,
        crash: (meanwhile) => open.crash(meanwhile),
        close: () => client.close(),
      };
    },
  };
}
