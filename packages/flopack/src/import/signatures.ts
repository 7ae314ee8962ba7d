/** Signatures of cards that no pack brings, as far as all their instances in a file agree on them. */
import type { Field } from '@flowdeck/engine';
import { type CardSignature, fieldName } from '@flowdeck/engine/kit';
import { sameJson, textOf } from '../json.js';
import { graphsOf, nameOf, type RawCard, type RawField, type RawPack } from '../read/index.js';
import { fieldOf, labelledFieldOf } from './types.js';

export type Signatures = ReadonlyMap<string, CardSignature>;

/** By card id, for all cards for which `idOf` gives one. */
export function signaturesOf(pack: RawPack, idOf: (card: RawCard) => string | null): Signatures {
  const signatures = new Map<string, CardSignature>();
  for (const flow of pack.flows) {
    if (!flow.graph) continue;
    for (const graph of graphsOf(flow.graph)) {
      for (const card of graph.cards.values()) {
        const id = idOf(card);
        if (id === null) continue;
        const known = signatures.get(id);
        const title = textOf(card.model['metadata'], 'name') ?? card.title;
        const own = {
          title,
          ...(card.kind.channel === null ? { builtIn: true as const } : {}),
          inputs: declaredOnce(card.inputs.filter(isOwn), labelledFieldOf),
          outputs: declaredOnce(card.outputs, fieldOf),
        };
        signatures.set(id, known ? meet(known, own) : own);
      }
    }
  }
  return signatures;
}

/** Fields that the author added, such as arguments of a called flow, belong to the instance. */
function isOwn(field: RawField): boolean {
  return !field.forPolicy && field.proxy === null && field.metadata['custom'] !== true;
}

function declaredOnce(fields: readonly RawField[], make: (field: RawField) => Field): Field[] {
  return [...new Map(fields.map((field) => [nameOf(field), make(field)])).values()];
}

/** What two instances have in common, in the order of the first. */
function meet(a: CardSignature, b: CardSignature): CardSignature {
  return { ...a, inputs: common(a.inputs, b.inputs), outputs: common(a.outputs, b.outputs) };
}

function common(a: readonly Field[], b: readonly Field[]): readonly Field[] {
  const other = new Map(b.map((field) => [fieldName(field), field]));
  return a.flatMap((field) => {
    const match = other.get(fieldName(field));
    if (match === undefined || !sameJson(unlabelled(match), unlabelled(field))) return [];
    // What one place calls otherwise has no name to go by.
    return [match.label === field.label ? field : unlabelled(field)];
  });
}

function unlabelled({ label: _, ...field }: Field): Field {
  return field;
}
