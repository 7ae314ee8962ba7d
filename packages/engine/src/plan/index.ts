export { compileDeck } from './compile.js';
export { isPlain } from './plain.js';
export * from './types.js';
