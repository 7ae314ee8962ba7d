/** Reading an export into a checked model of itself. */
export * from './model.js';
export { FLAGS, type ReadOptions, type ReadResult, readFlopack } from './pack.js';
