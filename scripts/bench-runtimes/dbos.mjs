// DBOS on PostgreSQL: workers share a queue.
import { dbosClient } from '@flowdeck/runtime-dbos';
import { Cluster, postgresPrograms } from '../../packages/runtime-dbos/test/cluster.ts';
import { startWorker, workerFile } from './crew.mjs';

/** Null where there is no PostgreSQL. */
export async function openDbos() {
  const programs = postgresPrograms();
  if (programs === null) return null;
  const file = workerFile();
  const cluster = await Cluster.open(programs);
  const databaseUrl = await cluster.database('bench');
  const client = dbosClient({ databaseUrl });
  return {
    client,
    behind: [cluster.pid],
    worker: () => startWorker(file, { runtime: 'dbos', databaseUrl }),
    close: () => client.close(),
  };
}
