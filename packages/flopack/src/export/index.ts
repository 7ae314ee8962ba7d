/** Exporting: Flowdeck documents as exports of the foreign format. */
export { type ExportOptions, type ExportResult, exportFlopack } from './deck.js';
