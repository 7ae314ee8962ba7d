/** The public names of the engine. */
export * from './cards/index.js';
export { Deck, type FlowInfo } from './deck.js';
export * from './document/index.js';
export {
  type CheckResult,
  createEngine,
  type Engine,
  type EngineOptions,
  type LoadOptions,
  type Ports,
} from './engine.js';
export * from './errors.js';
export * from './expression/index.js';
export * from './observe/index.js';
export type * from './ports/index.js';
export * from './ports/memory/index.js';
export { DEFAULT_LIMITS, type Limits } from './run/limits.js';
export type { ChildReport, ErrorReport, RunResult } from './run/result.js';
export type { RunHandle, RunOptions } from './start.js';
export * from './values/index.js';
