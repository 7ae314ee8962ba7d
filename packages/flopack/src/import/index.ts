/** Importing: exports as Flowdeck documents. */
export type { PinReport } from './arrivals.js';
export { type ImportOptions, type ImportResult, importFlopack } from './deck.js';
export { isSideTable, type SideFlow, type SideTable } from './side-table.js';
