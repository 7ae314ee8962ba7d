/** Reading an export into a checked model of itself. */
export * from './model.js';
export { FLAGS, type ReadResult, readFlopack } from './pack.js';
export type { ReadOptions } from './source.js';
