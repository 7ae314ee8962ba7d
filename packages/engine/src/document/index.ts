/** The flow file: its types, reading it with diagnostics, printing it, its revision. */

export type * from './connector-types.js';
export { copyOf } from './copy.js';
export { authMethodOf, authMethodsOf, requiredCredentials } from './credentials.js';
export type * from './delivery-types.js';
export { flowsOf, isDeck } from './flows.js';
export { JsonText, type JsonTextOptions } from './json-text.js';
export { type ParseOptions, parseDocument } from './parse.js';
export { ParsedDocument } from './parsed.js';
export { printDocument } from './print.js';
export { revisionOf } from './revision.js';
export type * from './trigger-types.js';
export * from './types.js';
