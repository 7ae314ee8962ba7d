/** Inputs of a card without a counterpart: by their own names. */
import { isUnsafeKey } from '@flowdeck/engine/kit';
import { nameOf, type RawCard } from '../read/index.js';
import { bindingOf, callsFlow } from './binding.js';
import type { GraphScope } from './draft.js';
import type { Inputs } from './inputs.js';
import { isUnset, parsesItems, wiredTypeOf } from './types.js';

export function foreignInputs(scope: GraphScope, card: RawCard, typeId: string): Inputs {
  const shared = new Set((scope.flow.deck.signatures.get(typeId)?.inputs ?? []).map(nameOfField));
  const forwards = callsFlow(card);
  const result: Inputs = { in: {}, types: [], fields: new Map() };
  for (const field of card.inputs) {
    const name = nameOf(field);
    if (field.forPolicy || result.fields.has(name)) continue;
    result.fields.set(name, field);
    const bound = bindingOf(scope, card, field);
    if (bound.isLiteral && isUnset(field.data)) continue;
    if (isUnsafeKey(name) || isUnsafeKey(field.key)) {
      const message = `"${name}" may not be the name of an input.`;
      scope.flow.deck.found.add('error', 'unsafe-key', field.spot.at('key'), message, 'Rename it.');
      continue;
    }
    result.in[name] = bound.binding;
    // What the signature says of an input holds for this card too; of all others, the card itself says what it asks for.
    const isParsed = parsesItems(field.type, bound.convert);
    if ((shared.has(name) && !isParsed) || bound.isLiteral || (forwards && bound.convert === null)) continue;
    const group = field.group === null ? {} : { group: field.group };
    result.types.push({ key: field.key, ...group, ...wiredTypeOf(field.type, bound.convert) });
  }
  return result;
}

function nameOfField(field: { readonly key: string; readonly group?: string | undefined }): string {
  return field.group === undefined ? field.key : `${field.group}/${field.key}`;
}
