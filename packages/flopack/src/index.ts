/** The public names of the flopack package. */
export * from './export/index.js';
export * from './import/index.js';
export { type ReadOptions, type ReadResult, readFlopack } from './read/index.js';
export * from './rules/index.js';
export * from './simulate/index.js';
