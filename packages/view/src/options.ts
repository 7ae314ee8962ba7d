/** What a picture shows beside the cards, and how it calls a flow. */
import type { CardMarks } from './marks.js';
import type { GraphFlow } from './model.js';

/** What a picture shows beside the cards. */
export interface DrawOptions {
  /** Draw which card reads which. */
  readonly wires: boolean;
  /** How each card went in a run, or what became of it. Absent: nothing is said of that. */
  readonly marks?: CardMarks | undefined;
  /** Where a call leads, by the id of the flow: a link such as `#flow-3`. Null: it is no link. Absent: none is. SVG only. */
  readonly link?: ((flow: string) => string | null) | undefined;
}

export function titleOf(flow: GraphFlow): string {
  return flow.name === flow.id ? `${flow.id} (${flow.type})` : `${flow.name} (${flow.id}, ${flow.type})`;
}
