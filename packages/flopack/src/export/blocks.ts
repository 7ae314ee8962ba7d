/** Writes cards that hold inline blocks: If/ElseIf and If Error. */
import type { Block, CardNode } from '@flowdeck/engine/kit';
import { fieldName } from '@flowdeck/engine/kit';
import { branchesOf, OPERANDS } from '../import/blocks.js';
import { isEmptyReturn } from '../import/body.js';
import type { CardLink } from '../import/draft.js';
import { isObject, type Mutable, member, type Spot, sameJson } from '../json.js';
import { isFork, isKind, type RawGraph } from '../read/index.js';
import { bareCard, kernel, NEW_BLOCK } from './bare-card.js';
import { type CardBuilder, type FieldBuilder, GraphBuilder } from './builder.js';
import { isOfKind, linkOf, mirror, openCard, writtenCard } from './card.js';
import type { Lane, WriteCards } from './draft.js';
import { addError } from './error-field.js';
import { splitName, writeBinding } from './inputs.js';
import { dropWormholes, keepUnread, keepWormholes, kept } from './kept.js';
import { constrain, type OrderItem, placeBehind } from './order.js';
import { inOrderOf } from './order-before.js';
import { writePolicy } from './policy.js';
import type { WriteScope } from './scope.js';
import { FLOW, foreignType } from './types.js';

export function writeBlocks(lane: Lane, node: CardNode, spot: Spot, write: WriteCards): void {
  const isTry = isOfKind(lane, node, 'control:tryCatch');
  const link = linkOf(lane, node);
  const card = openCard(lane, node, link);
  if (!link) card.model['async'] = true;
  for (const field of link?.node.outputs ?? []) {
    const output = card.find('outputs', field.group ?? null, field.key);
    if (output && !node.outputs?.some((other) => sameJson(other, field))) card.drop('outputs', output);
  }
  for (const field of node.outputs ?? []) {
    const spec = { group: field.group ?? null, key: field.key, type: foreignType(field), metadata: { custom: true } };
    card.add('outputs', spec);
  }
  lane.items.push({ card });
  if (node.id !== undefined) lane.scope.written.set(node.id, writtenCard(card, {}));
  const owner: BlockOwner = { lane, card, node, link, spot, write };
  if (isTry) writeTry(owner);
  else {
    writeBranches(owner);
    writePolicy(lane, card, node, link, spot);
  }
  keepWormholes(lane.scope, card);
}

/** A card with blocks under export. */
interface BlockOwner {
  readonly lane: Lane;
  readonly card: CardBuilder;
  readonly node: CardNode;
  readonly link: CardLink | null;
  readonly spot: Spot;
  readonly write: WriteCards;
}

function writeTry(owner: BlockOwner): void {
  const { card, link } = owner;
  const flo = card.add('inputs', { group: null, key: 'flo', type: FLOW });
  card.setData(flo, writeBlock(owner, 'try', link?.card.inputs.find((field) => field.id === flo.id)?.block));
  const handler = writeBlock(owner, 'catch', link?.card.policy.block);
  const policy = { type: 'handler', flo: handler, merge: 'join' };
  const before = link ? card.model['policy'] : null;
  const error = member(before, 'error');
  const isKept = isObject(before) && isObject(error) && isObject(error['flo']);
  card.model['policy'] = isKept ? { ...before, error: { ...error, flo: handler } } : { error: policy };
}

/** Groups of the original keep their names; that of the first condition is always `if`. */
function writeBranches(owner: BlockOwner): void {
  const { lane, card, node, link, spot } = owner;
  const names = Object.keys(node.blocks ?? {}).filter((name) => name !== 'else');
  const before = new Map(link && names[0] === 'if' ? branchesOf(link.card).map((branch) => [branch.name, branch]) : []);
  const groups: string[] = [];
  for (const [index, name] of [...names, 'else'].entries()) {
    const known = before.get(name);
    const group = known?.group ?? (name === 'else' ? 'else' : index === 0 ? 'if' : lane.flow.ids.short());
    groups.push(group);
    if (!known) for (const old of card.inputs.filter((input) => input.group === group)) card.drop('inputs', old);
    const block = node.blocks?.[name];
    const was = known && link ? link.node.blocks?.[name] : undefined;
    if (name !== 'else') writeCondition(lane, card, group, block, was, spot.at('blocks', name));
    const flo = card.add('inputs', { group, key: 'flo', type: FLOW });
    card.setData(flo, writeBlock(owner, name, known?.flo.block));
    if (!known) card.add('inputs', { group, key: 'inputs', type: { type: 'object', collection: false } });
  }
  for (const old of [...card.inputs]) {
    if (old.group !== null && old.group !== 'context' && !groups.includes(old.group)) card.drop('inputs', old);
  }
  if (!sameJson([...before.keys()], Object.keys(node.blocks ?? {}))) numberInputs(card, groups);
}

/** The order in which the editor shows the conditions, which is that in which they are tried. */
function numberInputs(card: CardBuilder, groups: readonly string[]): void {
  const place = (field: FieldBuilder) => groups.indexOf(field.group ?? '');
  const sorted = [...card.inputs].sort((a, b) => place(a) - place(b));
  for (const [index, { raw }] of sorted.entries()) raw['metadata'] = { ...(raw['metadata'] as Mutable), index }; // every field has metadata
}

function writeCondition(
  lane: Lane,
  card: CardBuilder,
  group: string,
  block: Block | undefined,
  was: Block | undefined,
  spot: Spot,
): void {
  for (const [theirs, ours] of OPERANDS) {
    const data = theirs === 'operator' ? '==' : '';
    const field = card.add('inputs', { group, key: theirs, type: { type: 'string', collection: false }, data });
    const binding = block?.in?.[ours];
    const isSame = was !== undefined && sameJson(was.in?.[ours] ?? null, binding ?? null);
    const isWire = typeof binding === 'object' && binding !== null && 'from' in binding;
    if (isSame && !isWire) continue;
    field.isOpen = theirs !== 'operator' && !isSame;
    if (binding !== undefined) writeBinding(lane, card, field, binding, spot.at('in', ours));
    else card.setData(field, data);
    field.isOpen = false;
  }
}

/** The block of that name, over what the original has in its place. */
function writeBlock(owner: BlockOwner, name: string, original: RawGraph | null | undefined): Mutable {
  const { lane, node, spot, write } = owner;
  const { ids } = lane.flow;
  const block = node.blocks?.[name] ?? { cards: [] };
  const graph = new GraphBuilder(ids);
  const isStart = original?.start && isKind(original.start, 'control:callable');
  const before = isStart ? kept(original.start) : null;
  const start = graph.add(
    before ?? bareCard(kernel('control:callable'), 'Helper Flow', ids, { mirrored: true, timeout: 30_000 }),
  );
  const isCatch = name === 'catch';
  if (isCatch && before === null) addError(start);
  const items: OrderItem[] = [{ card: start }];
  const scope: WriteScope = {
    graph,
    original: original ?? null,
    outer: { scope: lane.scope, owner: owner.card },
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
  write(inner, block.cards, spot.at('blocks', name, 'cards'));
  const last = block.cards.at(-1);
  if (!last || !isOfKind(inner, last, 'control:return')) endBlock(inner, node, block, original ?? null);
  keepUnread(scope);
  dropWormholes(scope);
  constrain(graph, items);
  const raw = original ? structuredClone(original.raw) : null;
  const id = typeof raw?.['uuid'] === 'string' ? raw['uuid'] : ids.uuid();
  return {
    ...(raw ?? NEW_BLOCK),
    id,
    uuid: id,
    methods: inOrderOf(raw?.['methods'], graph.methods),
    orderings: graph.orderings,
  };
}

/** Every block ends with a Return of the owner's outputs: here, what its last card gives under these names. */
function endBlock(lane: Lane, node: CardNode, block: Block, original: RawGraph | null): void {
  const before = original?.sequence.at(-1);
  const isEmpty = before && !isFork(before) && isEmptyReturn(before) && (node.outputs ?? []).length === 0;
  const raw =
    (isEmpty ? kept(before) : null) ?? bareCard(kernel('control:return'), 'Return', lane.flow.ids, { mirrored: true });
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
