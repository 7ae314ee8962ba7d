export * from './cards/index.js';
export * from './document/types.js';
export * from './errors.js';
export type * from './ports/index.js';
export * from './values/index.js';
