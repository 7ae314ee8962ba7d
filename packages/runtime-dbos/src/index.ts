/** Flowdeck runs on PostgreSQL, by DBOS. */
export { type DbosClientOptions, dbosClient } from './client.js';
export { type DbosWorker, type DbosWorkerOptions, dbosWorker } from './worker.js';
