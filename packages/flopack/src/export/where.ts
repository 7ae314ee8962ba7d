/** Where Expressions: values by name become hidden inputs named by the outputs that they come from. */
import type { Value } from '@flowdeck/engine';
import { type Binding, type CardNode, parsePointer } from '@flowdeck/engine/kit';
import type { CardLink } from '../import/draft.js';
import { VALUES_GROUP } from '../import/where.js';
import { isObject, member, type Spot, sameJson } from '../json.js';
import type { CardBuilder, FieldBuilder, Source } from './builder.js';
import type { Lane } from './draft.js';
import { keptSource, pinBefore } from './kept.js';
import { locate } from './scope.js';

const PREFIX = 'values/';

/** True when the expression is what it was, and its values come from where they came: the hidden inputs name the outputs. */
export function keepWhere(lane: Lane, card: CardBuilder, node: CardNode, link: CardLink | null): boolean {
  if (!link || !sameJson(partsOf(link.node), partsOf(node))) return false;
  const { scope } = lane;
  const wires: [Source, FieldBuilder][] = [];
  for (const input of card.inputs) {
    const pin = input.group === VALUES_GROUP ? pinBefore(scope, card, input) : null;
    const source = pin && keptSource(scope, pin);
    if (pin && !source) return false;
    if (source) wires.push([source, input]);
  }
  return wires.every(([source, input]) => scope.graph.pin(source, card, input));
}

function partsOf(node: CardNode): Readonly<Record<string, Binding>> {
  const isPart = ([name]: [string, Binding]) => name === 'where' || name.startsWith(PREFIX);
  return Object.fromEntries(Object.entries(node.in ?? {}).filter(isPart));
}

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
