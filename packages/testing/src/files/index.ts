/** Cases from files, for Node: the public names. */
export { type FoundSuites, findSuites, loadSuites, type SuiteSource } from './load.js';
