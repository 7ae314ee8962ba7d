/** The conformance suite: cases as data, a runner for any engine and any pack, simulated services. */
export * from './engine/index.js';
export {
  type ExpectedRequest,
  type ScriptedExchange,
  type ScriptedResponse,
  type ScriptedService,
  type ScriptedServiceOptions,
  startScriptedService,
} from './http/index.js';
export { type Difference, differences, type Strictness } from './match/match.js';
export { type ConformanceOptions, conformance } from './pack/conformance.js';
export * from './run/index.js';
export * from './suite/index.js';
