export * from './define.js';
export * from './pack.js';
export * from './registry.js';
export * from './trait-rules.js';
export * from './traits.js';
