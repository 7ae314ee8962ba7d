export { compileDeck } from './compile.js';
export { readArguments, storeOutputs, takesRecord } from './exec.js';
export * from './types.js';
