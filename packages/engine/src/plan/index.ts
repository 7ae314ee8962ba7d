export { compileDeck } from './compile.js';
export { readArguments, releaseSlots, storeOutputs, takesRecord } from './exec.js';
export * from './types.js';
