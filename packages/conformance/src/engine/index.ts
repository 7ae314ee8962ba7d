/** Engines under test. */
export { type FlowdeckOptions, flowdeckAdapter } from './flowdeck.js';
