/** Semantic differences between documents. */
export { type Change, type ChangeKind, diffDocuments } from './diff.js';
