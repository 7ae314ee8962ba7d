/** Pictures and pages of flows and runs: the public names. */
export { deckPage } from './deck-page.js';
export type { CardMark, CardMarks, CardState } from './marks.js';
export { mermaid } from './mermaid.js';
export { beyondMermaid } from './mermaid-limits.js';
export { type GraphBlock, type GraphCard, type GraphEdge, type GraphFlow, graphOf, type KnownCard } from './model.js';
export type { DrawOptions } from './options.js';
export { reportOf } from './report/report.js';
export type { ReportedExchange, ReportedRun, ReportOptions } from './report/types.js';
export { reviewMarkdown } from './review/markdown.js';
export { reviewOf } from './review/review.js';
export type { ReviewedChange, ReviewedDecks } from './review/types.js';
export { type HostStatus, type StatusConnector, type StatusFlow, type StatusRun, statusPage } from './status-page.js';
export { svg } from './svg.js';
export { testsPage } from './tests/tests-page.js';
export type {
  ReportedCall,
  ReportedCoverage,
  ReportedFailure,
  ReportedGap,
  ReportedTest,
  ReportedTests,
} from './tests/types.js';
