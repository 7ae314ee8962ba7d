/** Which outputs of unknown cards the flows of a deck read. */
import type { DeckDocument } from '@flowdeck/engine';
import { type CardNode, parsePointer } from '@flowdeck/engine/kit';

/** Names of outputs by card type. Names in expressions are not looked for. */
export function outputsRead(
  deck: Pick<DeckDocument, 'flows'>,
  types: ReadonlySet<string>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { cards } of deck.flows) {
    const typeOf = new Map<string, string>();
    noteIds(cards, types, typeOf);
    if (typeOf.size === 0) continue;
    for (const [id, output] of pointersIn(cards)) {
      const type = typeOf.get(id);
      if (type === undefined) continue;
      const outputs = found.get(type) ?? new Set();
      found.set(type, outputs.add(output));
    }
  }
  return found;
}

function noteIds(cards: readonly CardNode[], types: ReadonlySet<string>, typeOf: Map<string, string>): void {
  for (const { id, card, blocks, outputs } of cards) {
    // A card that declares its outputs itself needs nobody's help.
    if (id !== undefined && types.has(card) && outputs === undefined) typeOf.set(id, card);
    for (const block of Object.values(blocks ?? {})) noteIds(block.cards, types, typeOf);
  }
}

/** Card and output of every `{"from": "/card/output..."}`, at any depth. */
function* pointersIn(value: unknown): Generator<readonly [id: string, output: string]> {
  if (typeof value !== 'object' || value === null) return;
  if ('from' in value && typeof value.from === 'string') {
    const [id, output] = parsePointer(value.from);
    if (id !== undefined && output !== undefined) yield [id, output];
  }
  for (const inner of Object.values(value)) yield* pointersIn(inner);
}
