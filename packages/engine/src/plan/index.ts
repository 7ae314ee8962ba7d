export type { Operand, SingleCode, StepCode } from './code.js';
export { compileDeck } from './compile.js';
export { type HeldType, isOfType } from './direct.js';
export { isPlain } from './plain.js';
export * from './reader.js';
export { constantly, readInput } from './typed-input.js';
export * from './types.js';
