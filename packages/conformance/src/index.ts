/** The conformance suite: cases, adapters for engines, checks of packs, fake services. */
export { type FlowdeckOptions, flowdeckAdapter } from './engine/index.js';
export { type ConformanceOptions, conformance } from './pack/conformance.js';
export { type TestPackOptions, testPack } from './pack/test-pack.js';
export { services } from './services.js';
export { CONFORMANCE, findSuites, loadSuites, type SuiteSource } from './suites.js';
