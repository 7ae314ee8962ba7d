/** Engines under test. */
export type { Adapter, Finding, Observed, Program, RunRequest } from './adapter.js';
export { type FlowdeckOptions, flowdeckAdapter } from './flowdeck.js';
