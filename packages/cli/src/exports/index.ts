/** What the command does with exports, loaded only for them. */
export { diffDocuments, exportFlopack, inspectDocument, isSideTable, standIns } from '@flowdeck/flopack';
export { checkExport } from './check.js';
export { readExport } from './read.js';
