export * from './define.js';
export * from './pack.js';
export type { Pack } from './pack-type.js';
export * from './registry.js';
export * from './traits.js';
