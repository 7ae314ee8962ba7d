/** Cases from files, for Node: the public names. */
export { loadSuites, type SuiteSource } from './load.js';
