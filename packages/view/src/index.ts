/** Pictures and pages of flows and runs: the public names. */
export type { CardMark, CardMarks, CardState } from './marks.js';
export { mermaid } from './mermaid.js';
export { type GraphBlock, type GraphCard, type GraphEdge, type GraphFlow, graphOf, type KnownCard } from './model.js';
export type { DrawOptions } from './options.js';
export { reportOf } from './report/report.js';
export type { ReportedExchange, ReportedRun, ReportOptions } from './report/types.js';
export { svg } from './svg.js';
