/** Flowdeck runs on Restate. */
export { restateRuntime } from './runtime.js';
export {
  FLOW_RUN,
  type RestateSignal,
  type RestateStart,
  type RestateWorkerOptions,
  restateWorker,
} from './worker.js';
