/** Writes the literals of inputs. */
import { ConversionError, type FieldType, type Value } from '@flowdeck/engine';
import { converter, flowsOf } from '@flowdeck/engine/kit';
import type { Diagnostics } from '../diagnostics.js';
import { member, type Spot, sameJson } from '../json.js';
import type { CardBuilder, FieldBuilder } from './builder.js';
import type { Lane } from './draft.js';
import { FLOW, literalType } from './types.js';

export function writeLiteral(lane: Lane, card: CardBuilder, field: FieldBuilder, value: Value, spot: Spot): void {
  const table = typeof value === 'string' && member(field.raw['metadata'], 'table') === true;
  if (table) {
    card.setData(field, lane.flow.draft.tableIds.get(value) ?? value);
    return;
  }
  if (typeof value === 'string' && sameJson(field.type, FLOW)) {
    card.setData(field, foreignFlowId(lane, value));
    return;
  }
  if (field.isOpen && value !== null) card.setType(field, literalType(value));
  card.setData(field, fitting(value, field, lane.flow.draft.found, spot));
}

/** Text names a flow by its id or its name. */
function foreignFlowId({ flow: { draft } }: Lane, text: string): string {
  const named = flowsOf(draft.document).filter(({ id, name = id }) => name.trim() === text.trim());
  const id = draft.flowIds.has(text) ? text : named.length === 1 ? named[0]?.id : undefined;
  return draft.flowIds.get(id ?? text) ?? text;
}

/** Types whose literals are of a JSON type of their own. */
const OURS: Readonly<Record<string, FieldType>> = {
  string: 'text',
  number: 'number',
  boolean: 'boolean',
  object: 'object',
};

/** The literal as the field's type asks for it: the JSON type of a literal always agrees with its field's, as it does for the engine. */
function fitting(
  value: Value,
  { type: { type, collection }, key }: FieldBuilder,
  found: Diagnostics,
  spot: Spot,
): unknown {
  const ours = typeof type === 'string' ? OURS[type] : 'object';
  // A list of objects holds anything.
  if (ours === undefined || (ours === 'object' && collection))
    return collection && value !== null && !Array.isArray(value) ? [value] : value;
  try {
    return value === null ? null : converter({ type: ours, list: collection })(value);
  } catch (error) {
    if (!(error instanceof ConversionError)) throw error;
    found.add('error', 'not-exportable', spot, `"${key}" cannot hold this value. ${error.message}`, error.hint);
    return null;
  }
}
