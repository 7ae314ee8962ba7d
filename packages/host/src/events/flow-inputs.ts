/** What of an event its flow is given: a flow need not take all that an event brings. */
import type { FlowInfo, Value } from '@flowdeck/engine';
import { fieldName, isPlainObject } from '@flowdeck/engine/kit';

/** Values by key that the flow has inputs for; members of an object whose key is a group of the flow stand for that group. */
export function inputsKnownTo({ inputs }: FlowInfo, given: Readonly<Record<string, Value>>): Record<string, Value> {
  const names = new Set(inputs.map(fieldName));
  const groups = new Set(inputs.flatMap(({ group }) => group ?? []));
  const values: Record<string, Value> = {};
  for (const [key, value] of Object.entries(given)) {
    if (names.has(key)) values[key] = value;
    if (!groups.has(key) || !isPlainObject(value)) continue;
    for (const [member, each] of Object.entries(value)) {
      if (names.has(`${key}/${member}`)) values[`${key}/${member}`] = each;
    }
  }
  return values;
}

/** Members of the item by key; the item whole as `item`, where it has no member of that name. */
export function inputsOfItem(flow: FlowInfo, item: Value): Record<string, Value> {
  return inputsKnownTo(flow, { item, ...(isPlainObject(item) ? item : {}) });
}
