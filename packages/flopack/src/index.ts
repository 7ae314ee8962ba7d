/** The public names of the flopack package. */
export * from './diff/index.js';
export * from './export/index.js';
export * from './import/index.js';
export * from './inspect/index.js';
export { graphsOf, type RawPack, type ReadOptions, type ReadResult, readFlopack } from './read/index.js';
export * from './rules/index.js';
export * from './simulate/index.js';
