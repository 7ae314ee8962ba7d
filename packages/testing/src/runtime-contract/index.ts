/** The contract of runtimes, for Node: the public names. */
export type { ContractTest } from './contract.js';
export { runtimeContract } from './contract.js';
export { type CrashPlan, type CrashRow, crash, type Victim } from './crash.js';
export type { EffectCount } from './effects.js';
export { EVERYTHING_KEYS } from './everything.js';
export { freePort } from './free-port.js';
export { LONG_FLOW, LONG_PACK } from './long.js';
export { type ContractStage, onStage, type Worker } from './stage.js';
export type { OpenRuntime, RuntimeSubject, WorkerProgram } from './subject.js';
export { type ContractWorker, type ContractWorkerOptions, contractWorker } from './worker.js';
