export * from './addresses.js';
export * from './context.js';
export * from './define.js';
export * from './fields.js';
export type * from './interceptors.js';
export * from './pack.js';
export type { Pack } from './pack-type.js';
export * from './registry.js';
export * from './traits.js';
