/** Running cases. */
export { type CaseResult, type RunCaseOptions, runCase } from './run-case.js';
export { type RunCasesOptions, runCases } from './run-cases.js';
export type { Failure } from './verdict.js';
