/** Importing: exports as Flowdeck documents. */
export { type ImportOptions, type ImportResult, importFlopack, type PinReport } from './deck.js';
export { isSideTable, type SideFlow, type SideTable } from './side-table.js';
