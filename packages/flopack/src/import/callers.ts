/** What callers hand to flows that are not in the file: all that is known of the inputs of these. */
import type { CardType, Field } from '@flowdeck/engine';
import { type CardNode, type DeckFlow, fieldName } from '@flowdeck/engine/kit';

/** Names of the arguments by flow id, in the order in which they are met. */
export function argumentsOfCalls(
  flows: readonly DeckFlow[],
  catalog: ReadonlyMap<string, CardType>,
): ReadonlyMap<string, readonly Field[]> {
  const found = new Map<string, Map<string, Field>>();
  const open: CardNode[] = flows.flatMap((flow) => flow.cards);
  for (let node = open.pop(); node; node = open.pop()) {
    for (const block of Object.values(node.blocks ?? {})) open.push(...block.cards);
    const type = catalog.get(node.card);
    if (type?.extraInputs?.forward === undefined) continue;
    const called = node.in?.[type.extraInputs.forward];
    if (typeof called !== 'object' || called === null || !('flow' in called)) continue;
    const fields = found.get(called.flow) ?? new Map<string, Field>();
    found.set(called.flow, fields);
    const own = new Set(type.inputs.map(fieldName));
    // A name with a slash would stand for a group, and callers fill in fields without one.
    for (const key of Object.keys(node.in ?? {}))
      if (!own.has(key) && !key.includes('/')) fields.set(key, { key, type: 'any' });
  }
  return new Map([...found].map(([id, fields]) => [id, [...fields.values()].sort(byKey)]));
}

function byKey(a: Field, b: Field): number {
  return a.key < b.key ? -1 : 1;
}
