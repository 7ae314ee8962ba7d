/** Writes an If/Else: its lanes, and the Join that ends them. What plumbing the original has stays as it is. */
import type { Field } from '@flowdeck/engine';
import type { Binding, Block, CardNode } from '@flowdeck/engine/kit';
import { fieldName } from '@flowdeck/engine/kit';
import { type Mutable, member, type Spot, sameJson } from '../json.js';
import { bareCard, kernel } from './bare-card.js';
import type { CardBuilder, FieldBuilder } from './builder.js';
import { linkOf, mirror, openCard, writtenCard } from './card.js';
import type { Lane, WriteCards } from './draft.js';
import { writeBinding, writeMapped } from './inputs.js';
import { kept } from './kept.js';
import type { OrderItem } from './order.js';
import { foreignType } from './types.js';

export function writeFork(lane: Lane, node: CardNode, spot: Spot, write: WriteCards): void {
  const { draft, ids } = lane.flow;
  const { graph } = lane.scope;
  const link = linkOf(lane, node);
  const card = openCard(lane, node, link);
  const mapping = draft.counterparts.foreign(node.card)?.mapping;
  if (mapping) writeMapped(lane, card, node, mapping, link, spot);
  if (!link) card.add('outputs', { group: null, key: 'result', type: { type: 'boolean', collection: false } });
  const lanes = (['then', 'else'] as const).map((name) => {
    const known = link?.fork?.lanes.find((lane) => lane.when === (name === 'then'))?.head;
    const head = graph.add(kept(known) ?? bareCard(kernel('control:noop'), 'No-op', ids, { displayed: false }));
    const items: OrderItem[] = [];
    return { name, head, items };
  });
  const branches = Object.fromEntries(lanes.map(({ name, head }) => [head.id, name === 'then']));
  if (!sameJson(card.raw['branches'], branches)) card.raw['branches'] = branches;
  const join = graph.add(kept(link?.fork?.join) ?? bareCard(kernel('control:join'), 'Outputs', ids));
  lane.items.push({ card, fork: { lanes, join } });
  const ends = writeJoin(join, node.outputs ?? [], link?.node.outputs ?? []);
  for (const { name, items } of lanes) {
    const block = node.blocks?.[name];
    const inner: Lane = { ...lane, items };
    const place = spot.at('blocks', name);
    if (block) write(inner, block.cards, place.at('cards'));
    writeLaneOutputs(inner, join, ends, block, link?.node.blocks?.[name], place);
  }
  if (node.id !== undefined) lane.scope.written.set(node.id, writtenCard(join, {}));
}

/** An output of the If/Else, and the input of its Join that both lanes lead to. */
interface JoinEnd {
  readonly field: Field;
  readonly input: FieldBuilder;
}

/** Gives the Join the outputs that the card has, and takes away those that it has no more. */
function writeJoin(join: CardBuilder, shown: readonly Field[], before: readonly Field[]): readonly JoinEnd[] {
  const joins: Mutable = { ...(join.raw['joins'] as Mutable | undefined) }; // a card that was read has an object there
  const inputOf = new Map<unknown, FieldBuilder>();
  for (const input of join.inputs) inputOf.set(outputOf(joins[input.id]), input);
  const ends = shown.map((field): JoinEnd => {
    const type = foreignType(field);
    const spec = { group: field.group ?? null, key: field.key, type, metadata: { custom: true } };
    const output = join.add('outputs', spec);
    const input = inputOf.get(output.id) ?? join.add('inputs', spec);
    if (!inputOf.delete(output.id)) joins[input.id] = [{ output: output.id, transform: null }];
    const old = before.find((candidate) => fieldName(candidate) === fieldName(field));
    if (old && !sameJson(old, field)) for (const end of [output, input]) join.setType(end, type);
    return { field, input };
  });
  for (const [id, input] of inputOf) {
    const output = join.outputs.find((candidate) => candidate.id === id);
    if (!output) continue;
    join.drop('outputs', output);
    join.drop('inputs', input);
    delete joins[input.id];
  }
  if (!sameJson(join.raw['joins'], joins)) join.raw['joins'] = joins;
  return ends;
}

function outputOf(targets: unknown): unknown {
  return Array.isArray(targets) ? member(targets[0], 'output') : undefined;
}

/** A Join has one literal for both lanes: what a lane gives as another is put into an Assign of its own. */
function writeLaneOutputs(
  lane: Lane,
  join: CardBuilder,
  ends: readonly JoinEnd[],
  block: Block | undefined,
  before: Block | undefined,
  spot: Spot,
): void {
  const literals: (JoinEnd & { readonly binding: Binding })[] = [];
  for (const { field, input } of ends) {
    const name = fieldName(field);
    const binding = block?.out?.[name];
    if (binding === undefined) continue;
    if (typeof binding === 'object' && binding !== null && 'from' in binding) {
      writeBinding(lane, join, input, binding, spot.at('out', name));
    } else if (!sameJson(before?.out?.[name], binding)) literals.push({ field, input, binding });
  }
  if (literals.length === 0) return;
  const raw = bareCard(kernel('control:let'), 'Assign', lane.flow.ids, { mirrored: true });
  const assign = lane.scope.graph.add(raw);
  lane.items.push({ card: assign });
  for (const { field, binding } of literals) {
    const spec = { group: null, key: field.key, type: foreignType(field), metadata: { custom: true } };
    writeBinding(lane, assign, assign.add('inputs', spec), binding, spot.at('out', fieldName(field)));
  }
  mirror(assign);
  for (const { field, input } of literals) {
    const output = assign.find('outputs', null, field.key);
    if (output) lane.scope.graph.pin({ card: assign, output }, join, input);
  }
}
