/** Flowdeck runs on Restate. */
export { type RestateClientOptions, restateClient } from './client.js';
export { type ListeningRestateWorker, listenForRestate, type RestateListenOptions } from './listen.js';
export { restateRuntime } from './runtime.js';
export { type RestateSweepOptions, sweepRestateAnnex } from './sweep.js';
export { type RestateSignal, type RestateStart, type RestateWorkerOptions, restateWorker } from './worker.js';
