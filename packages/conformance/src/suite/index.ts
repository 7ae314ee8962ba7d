/** Suites of cases: their types, and where they come from. */
export { loadSuites, type SuiteSource } from './load.js';
export { readSuite } from './read.js';
export type * from './types.js';
