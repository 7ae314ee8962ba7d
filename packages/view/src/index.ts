/** Pictures of flows: the public names. */
export { type DrawOptions, mermaid } from './mermaid.js';
export { type GraphBlock, type GraphCard, type GraphEdge, type GraphFlow, graphOf, type KnownCard } from './model.js';
export { svg } from './svg.js';
