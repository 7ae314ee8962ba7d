/** Writes cards that hold blocks: lanes of an If/Else, inline blocks of If/ElseIf and If Error. */
import type { Field } from '@flowdeck/engine';
import type { Binding, Block, CardNode } from '@flowdeck/engine/kit';
import { fieldName } from '@flowdeck/engine/kit';
import { OPERANDS } from '../import/blocks.js';
import type { CardLink } from '../import/draft.js';
import type { Spot } from '../json.js';
import { bareCard, kernel } from './bare-card.js';
import { type CardBuilder, GraphBuilder, inOrderOf, type Mutable } from './builder.js';
import { isOfKind, linkOf, mirror, openCard, writtenCard } from './card.js';
import type { Lane } from './draft.js';
import { addError } from './error-field.js';
import { splitName, writeBinding, writeMapped } from './inputs.js';
import { constrain, type OrderItem, placeBehind } from './order.js';
import { writePolicy } from './policy.js';
import type { WriteScope } from './scope.js';
import { FLOW, foreignType } from './types.js';

export type WriteCards = (lane: Lane, cards: readonly CardNode[], spot: Spot) => void;

export function writeFork(lane: Lane, node: CardNode, spot: Spot, write: WriteCards): void {
  const { draft, ids } = lane.flow;
  const { graph } = lane.scope;
  const link = linkOf(lane, node);
  const card = openCard(lane, node, link, 'control:if');
  const mapping = draft.counterparts.foreign(node.card)?.mapping;
  if (mapping) writeMapped(lane, card, node, mapping, link, spot);
  if (!link) card.add('outputs', { group: null, key: 'result', type: { type: 'boolean', collection: false } });
  const lanes = (['then', 'else'] as const).map((name) => {
    const known = link?.fork?.lanes.find((lane) => lane.when === (name === 'then'))?.head.id;
    const head = graph.add(withId(bareCard(kernel('control:noop'), 'No-op', ids, { displayed: false }), known));
    const items: OrderItem[] = [];
    return { name, head, items };
  });
  card.raw['branches'] = Object.fromEntries(lanes.map(({ name, head }) => [head.id, name === 'then']));
  const join = graph.add(withId(bareCard(kernel('control:join'), 'Outputs', ids), link?.fork?.join?.id));
  lane.items.push({ card, fork: { lanes, join } });
  const shown = node.outputs ?? [];
  const joins = shown.map((field) => joinField(join, field));
  join.raw['joins'] = Object.fromEntries(
    joins.map(([input, output]) => [input.id, [{ output: output.id, transform: null }]]),
  );
  for (const { name, items } of lanes) {
    const block = node.blocks?.[name];
    const inner: Lane = { ...lane, items };
    const place = spot.at('blocks', name);
    if (block) write(inner, block.cards, place.at('cards'));
    writeLaneOutputs(inner, join, shown, block, place);
  }
  if (node.id !== undefined) lane.scope.written.set(node.id, writtenCard(join, {}));
}

/** Plumbing is made anew, and keeps the id that it had. */
function withId(raw: Mutable, id: string | undefined): Mutable {
  return id === undefined ? raw : { ...raw, uuid: id };
}

function joinField(join: CardBuilder, field: Field) {
  const spec = { group: field.group ?? null, key: field.key, type: foreignType(field), metadata: { custom: true } };
  return [join.add('inputs', spec), join.add('outputs', spec)] as const;
}

/** A Join has one literal for both lanes: what a lane gives as one is put into an Assign of its own. */
function writeLaneOutputs(
  lane: Lane,
  join: CardBuilder,
  shown: readonly Field[],
  block: Block | undefined,
  spot: Spot,
): void {
  const literals: [Field, Binding][] = [];
  for (const field of shown) {
    const binding = block?.out?.[fieldName(field)];
    if (binding === undefined) continue;
    const input = join.find('inputs', field.group ?? null, field.key);
    if (!input) continue;
    if (typeof binding === 'object' && binding !== null && 'from' in binding) {
      writeBinding(lane, join, input, binding, spot.at('out', fieldName(field)));
    } else literals.push([field, binding]);
  }
  if (literals.length === 0) return;
  const raw = bareCard(kernel('control:let'), 'Assign', lane.flow.ids, { mirrored: true });
  const assign = lane.scope.graph.add(raw);
  lane.items.push({ card: assign });
  for (const [field, binding] of literals) {
    const spec = { group: null, key: field.key, type: foreignType(field), metadata: { custom: true } };
    writeBinding(lane, assign, assign.add('inputs', spec), binding, spot.at('out', fieldName(field)));
  }
  mirror(assign);
  for (const [field] of literals) {
    const output = assign.find('outputs', null, field.key);
    const input = join.find('inputs', field.group ?? null, field.key);
    if (output && input) lane.scope.graph.pin({ card: assign, output }, join, input);
  }
}

export function writeBlocks(lane: Lane, node: CardNode, spot: Spot, write: WriteCards): void {
  const isTry = isOfKind(lane, node, 'control:tryCatch');
  const link = linkOf(lane, node);
  const card = openCard(lane, node, link, isTry ? 'control:tryCatch' : 'control:branch');
  card.model['async'] = true;
  for (const input of [...card.inputs]) card.drop('inputs', input);
  for (const output of [...card.outputs]) {
    if (!node.outputs?.some((field) => field.key === output.key && (field.group ?? null) === output.group))
      card.drop('outputs', output);
  }
  for (const field of node.outputs ?? []) {
    card.add('outputs', {
      group: field.group ?? null,
      key: field.key,
      type: foreignType(field),
      metadata: { custom: true },
    });
  }
  lane.items.push({ card });
  if (node.id !== undefined) lane.scope.written.set(node.id, writtenCard(card, {}));
  const blockOf = (name: string, block: Block | undefined) =>
    writeBlock(
      lane,
      card,
      node,
      name,
      block ?? { cards: [] },
      originalBlock(link, name),
      spot.at('blocks', name),
      write,
    );
  if (isTry) {
    const flo = card.add('inputs', { group: null, key: 'flo', type: FLOW });
    card.setData(flo, blockOf('try', node.blocks?.['try']));
    const handler = blockOf('catch', node.blocks?.['catch']);
    card.model['policy'] = { error: { type: 'handler', flo: handler, merge: 'join' } };
    return;
  }
  const names = Object.keys(node.blocks ?? {}).filter((name) => name !== 'else');
  for (const [index, name] of [...names, 'else'].entries()) {
    const block = node.blocks?.[name];
    const group = name === 'else' ? 'else' : index === 0 ? 'if' : lane.flow.ids.short();
    if (name !== 'else') writeCondition(lane, card, group, block, spot.at('blocks', name));
    card.setData(card.add('inputs', { group, key: 'flo', type: FLOW }), blockOf(name, block));
    card.add('inputs', { group, key: 'inputs', type: { type: 'object', collection: false } });
  }
  writePolicy(lane, card, node, link, spot);
}

function writeCondition(lane: Lane, card: CardBuilder, group: string, block: Block | undefined, spot: Spot): void {
  for (const [theirs, ours] of OPERANDS) {
    const data = theirs === 'operator' ? '==' : '';
    const field = card.add('inputs', { group, key: theirs, type: { type: 'string', collection: false }, data });
    field.isOpen = theirs !== 'operator';
    const binding = block?.in?.[ours];
    if (binding !== undefined) writeBinding(lane, card, field, binding, spot.at('in', ours));
    field.isOpen = false;
  }
}

/** The block of the same name in the original, for its id and what editors note in it. */
function originalBlock(link: CardLink | null, name: string): Mutable | null {
  if (!link) return null;
  const { card } = link;
  const groups = [...new Set(card.inputs.map((field) => field.group))].filter(
    (group) => group !== null && group !== 'context',
  );
  const others = groups.filter((group) => group !== 'if' && group !== 'else');
  const position = name === 'elseIf' ? 0 : Number(/^elseIf(\d+)$/.exec(name)?.[1] ?? 0) - 1;
  const group = name === 'try' ? null : name === 'if' || name === 'else' ? name : (others[position] ?? '');
  const block =
    name === 'catch' ? card.policy.block : card.inputs.find((field) => field.group === group && field.block)?.block;
  return block ? structuredClone(block.raw) : null;
}

function writeBlock(
  lane: Lane,
  owner: CardBuilder,
  node: CardNode,
  name: string,
  block: Block,
  original: Mutable | null,
  spot: Spot,
  write: WriteCards,
): Mutable {
  const { ids } = lane.flow;
  const graph = new GraphBuilder(ids);
  const start = graph.add(
    bareCard(kernel('control:callable'), 'Helper Flow', ids, { mirrored: true, timeout: 30_000 }),
  );
  const isCatch = name === 'catch';
  if (isCatch) addError(start);
  const items: OrderItem[] = [{ card: start }];
  const scope: WriteScope = {
    graph,
    outer: { scope: lane.scope, owner },
    start,
    isCatch,
    written: new Map(),
    wormholes: new Map(),
    parts: new Map(),
    fromStart: () => null,
    place: (after, card) => void placeBehind(items, after, card),
    found: lane.flow.draft.found,
  };
  const inner: Lane = { scope, items, flow: lane.flow };
  write(inner, block.cards, spot.at('cards'));
  const last = block.cards.at(-1);
  if (!last || !isOfKind(inner, last, 'control:return')) endBlock(inner, node, block);
  constrain(graph, items);
  const id = typeof original?.['uuid'] === 'string' ? original['uuid'] : ids.uuid();
  return {
    ...(original ?? {
      display: {},
      tree: { id: 2, name: 'empty' },
      model: {},
      security_level: null,
      log: false,
      inheritLog: false,
      group: null,
    }),
    id,
    uuid: id,
    methods: inOrderOf(original?.['methods'], graph.methods),
    orderings: graph.orderings,
  };
}

/** Every block ends with a Return of the owner's outputs: here, what its last card gives under these names. */
function endBlock(lane: Lane, node: CardNode, block: Block): void {
  const raw = bareCard(kernel('control:return'), 'Return', lane.flow.ids, { mirrored: true });
  const end = lane.scope.graph.add(raw);
  const { catalog } = lane.flow.draft;
  const last = block.cards.findLast(({ card }) => catalog.get(card)?.traits?.remarks === undefined);
  const written = last?.id === undefined ? undefined : lane.scope.written.get(last.id);
  lane.items.push({ card: end });
  for (const field of node.outputs ?? []) {
    const spec = { group: field.group ?? null, key: field.key, type: foreignType(field), metadata: { custom: true } };
    const input = end.add('inputs', spec);
    const found = written?.output(splitName(fieldName(field)).flatMap((token) => (token === null ? [] : [token])));
    if (found) lane.scope.graph.pin(found.source, end, input);
  }
  mirror(end);
}
