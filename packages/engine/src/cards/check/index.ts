/** Declarations by strangers are checked like documents: everything at once, with place and remedy. */
export { checkPack } from './pack.js';
