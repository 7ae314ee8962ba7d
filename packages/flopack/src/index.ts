/** Reads and writes exports of Okta Workflows: the public names. */
export { type Change, type ChangeKind, diffDocuments } from './diff/index.js';
export { type ExportOptions, type ExportResult, exportFlopack } from './export/index.js';
export {
  type ImportOptions,
  type ImportResult,
  importFlopack,
  isSideTable,
  type PinReport,
  type SideFlow,
  type SideTable,
} from './import/index.js';
export { cardsOf, type InspectedFlow, type Inspection, inspectDocument } from './inspect/index.js';
export { graphsOf, type RawPack, type ReadOptions, type ReadResult, readFlopack } from './read/index.js';
export { checkFlopack, RULES, type Rule } from './rules/index.js';
