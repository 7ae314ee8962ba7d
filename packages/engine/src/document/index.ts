/** The flow file: its types, reading it with diagnostics, printing it, its revision. */
export { copyOf } from './copy.js';
export { flowsOf, isDeck } from './flows.js';
export { type ParseOptions, type ParseResult, parseDocument } from './parse.js';
export { printDocument } from './print.js';
export { revisionOf } from './revision.js';
export * from './types.js';
