export * from './define.js';
export * from './pack.js';
export * from './registry.js';
export * from './traits.js';
