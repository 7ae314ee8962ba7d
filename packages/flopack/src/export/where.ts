/** Where Expressions: values by name become hidden inputs named by the outputs that they come from. */
import type { Value } from '@flowdeck/engine';
import { type Binding, type CardNode, parsePointer } from '@flowdeck/engine/kit';
import { VALUES_GROUP } from '../import/where.js';
import { isObject, member, type Spot } from '../json.js';
import type { CardBuilder } from './builder.js';
import type { Lane } from './draft.js';
import { locate } from './scope.js';

const PREFIX = 'values/';

/** Wires the values of the expression, and gives the expression as the foreign format has it. */
export function writeWhere(
  lane: Lane,
  card: CardBuilder,
  node: CardNode,
  where: Binding | undefined,
  spot: Spot,
): unknown {
  for (const old of [...card.inputs]) if (old.group === VALUES_GROUP) card.drop('inputs', old);
  const value = typeof where === 'object' && where !== null && 'value' in where ? where.value : undefined;
  const terms = member(value, 'expr');
  if (!Array.isArray(terms)) return {};
  const expr = terms.map((term: unknown) => {
    if (!isObject(term) || typeof term['rhd'] !== 'string') return term;
    const { rhd, ...rest } = term;
    return { ...rest, ...operand(lane, card, node.in?.[`${PREFIX}${rhd}`], spot.at('in', `${PREFIX}${rhd}`)) };
  });
  return { expr };
}

function operand(
  lane: Lane,
  card: CardBuilder,
  binding: Binding | undefined,
  spot: Spot,
): { rhs: Value } | { rhd: object } {
  if (binding === undefined || binding === null || typeof binding !== 'object') return { rhs: binding ?? null };
  if ('value' in binding) return { rhs: binding.value };
  const source = 'from' in binding ? locate(lane.scope, parsePointer(binding.from), spot) : null;
  if (!source) return { rhs: null };
  const { id } = source.output;
  const metadata = { forceHide: true, method: source.card.id };
  const field = card.add('inputs', { group: VALUES_GROUP, key: id, type: source.output.type, metadata });
  if (!field.isWired) lane.scope.graph.pin(source, card, field);
  return { rhd: { outputId: id, methodId: source.card.id } };
}
