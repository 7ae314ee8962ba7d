/** Semantic differences between documents. */
export type { Change, ChangeKind } from './change.js';
export { diffDocuments } from './diff.js';
