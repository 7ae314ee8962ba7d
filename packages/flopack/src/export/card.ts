/** Writes a card that holds no blocks. */
import { type CardNode, fieldName } from '@flowdeck/engine/kit';
import type { CardLink } from '../import/draft.js';
import { type CardMapping, mappedName } from '../import/mapping.js';
import type { Mutable, Spot } from '../json.js';
import { isKind } from '../read/index.js';
import { bareCard, kernel } from './bare-card.js';
import type { CardBuilder, FieldBuilder } from './builder.js';
import type { Lane } from './draft.js';
import { splitName, writeBinding, writeMapped } from './inputs.js';
import { keepUnmentioned } from './kept.js';
import { writePolicy } from './policy.js';
import { isReusable } from './reusable.js';
import type { Written } from './scope.js';
import { foreignType } from './types.js';

export function writeCard(lane: Lane, node: CardNode, spot: Spot): CardBuilder | null {
  if (isOfKind(lane, node, 'control:comment')) return writeComment(lane, node);
  const { draft } = lane.flow;
  const link = linkOf(lane, node);
  const known = counterpart(lane, node, link);
  if (!known && !link && draft.catalog.has(node.card)) {
    const message = `"${node.card}" has no counterpart in the foreign format.`;
    draft.found.add('error', 'not-exportable', spot.at('card'), message, 'Use another card.');
    return null;
  }
  const card = openCard(lane, node, link);
  if (known) writeMapped(lane, card, node, known, link, spot, known.template);
  else writeForeign(lane, card, node, link, spot);
  if (link) keepUnmentioned(lane.scope, card, node, link);
  writeOutputs(lane, card, node, known, link);
  writePolicy(lane, card, node, link, spot);
  if (node.id !== undefined) lane.scope.written.set(node.id, writtenCard(card, known?.out ?? {}));
  return card;
}

/** Of several foreign cards that ours stands for, the one that it was. */
function counterpart(lane: Lane, node: CardNode, link: CardLink | null): CardMapping | null {
  const { counterparts } = lane.flow.draft;
  const known = counterparts.foreign(node.card)?.mapping ?? null;
  return known && link ? (counterparts.of(link.card.kind) ?? known) : known;
}

/** Whether the card is written as the foreign card of this name. */
export function isOfKind(lane: Lane, node: CardNode, kind: string): boolean {
  return lane.flow.draft.counterparts.foreign(node.card)?.kind === kind;
}

/** The original, when the card still is of the same type and the original is sound. */
export function linkOf(lane: Lane, node: CardNode): CardLink | null {
  const link = node.id === undefined ? undefined : lane.flow.links.get(node.id);
  return link && link.node.card === node.card && isReusable(link.card.raw) ? link : null;
}

/** A new card, or a copy of the original with the author's changes to what stands beside the inputs. */
export function openCard(lane: Lane, node: CardNode, link: CardLink | null): CardBuilder {
  const { draft, ids } = lane.flow;
  const usual =
    draft.catalog.get(node.card)?.title ??
    draft.signature(node.card)?.title ??
    node.card.slice(node.card.indexOf('.') + 1);
  const title = node.title ?? usual;
  const declared = draft.counterparts.foreign(node.card)?.declared;
  const address = declared?.address ?? draft.address(node.card);
  const raw = link ? structuredClone(link.card.raw) : bareCard(address, title, ids, { ...declared?.model });
  const card = lane.scope.graph.add(raw);
  if (!link) card.name(usual);
  if (link && link.node.title !== node.title) card.retitle(title);
  if (link?.node.note !== node.note) card.model['comments'] = node.note ?? '';
  if (link?.node.connection !== node.connection) {
    const connector = node.card.slice(0, node.card.indexOf('.'));
    card.model['config'] = node.connection === undefined ? null : draft.connectionId(node.connection, connector);
  }
  if (node.timeout !== undefined) card.model['timeout'] = node.timeout;
  return card;
}

function writeForeign(lane: Lane, card: CardBuilder, node: CardNode, link: CardLink | null, spot: Spot): void {
  const type = lane.flow.draft.catalog.get(node.card) ?? lane.flow.draft.signature(node.card);
  if (!link) {
    for (const field of type?.inputs ?? []) {
      card.add('inputs', { group: field.group ?? null, key: field.key, type: foreignType(field) });
    }
  }
  for (const [name, binding] of Object.entries(node.in ?? {})) {
    const original = link?.inputs.get(name);
    const [group, key] = splitName(name);
    let field: FieldBuilder | undefined = original && card.inputs.find((input) => input.id === original.id);
    if (!field) {
      field = card.add('inputs', {
        group,
        key,
        type: { type: 'string', collection: false },
      });
      field.isOpen = true;
    }
    writeBinding(lane, card, field, binding, spot.at('in', name));
  }
  for (const [name, original] of link?.inputs ?? []) {
    if (Object.hasOwn(node.in ?? {}, name) || !Object.hasOwn(link?.node.in ?? {}, name)) continue;
    const field = card.inputs.find((input) => input.id === original.id);
    if (field) card.setData(field, null);
  }
}

function writeOutputs(
  lane: Lane,
  card: CardBuilder,
  node: CardNode,
  mapping: CardMapping | null,
  link: CardLink | null,
): void {
  const { draft } = lane.flow;
  const type = draft.catalog.get(node.card) ?? draft.signature(node.card);
  if (card.model['mirrored'] === true) {
    mirror(card);
    return;
  }
  const named = Object.entries(mapping?.out ?? {});
  for (const [foreign, ours] of link ? [] : named) {
    if (foreign.endsWith('/*')) continue;
    const declared = type?.outputs.find((field) => fieldName(field) === ours);
    const [group, key] = splitName(foreign);
    const chosen = node.outputs?.find((field) => fieldName(field) === ours);
    const output = card.add('outputs', { group, key, type: foreignType(chosen ?? declared ?? { type: 'any' }) });
    output.isOpen = !chosen && (declared?.type ?? 'any') === 'any' && declared?.list !== true;
  }
  const turned = named.map(([foreign, ours]) => [ours, foreign] as const);
  const known = new Set(named.map(([, ours]) => ours));
  const own = mapping === null ? [...(type?.outputs ?? []), ...(node.outputs ?? [])] : (node.outputs ?? []);
  for (const field of own) {
    if (known.has(fieldName(field))) continue;
    const theirs = mappedName(turned, fieldName(field));
    const [group, key] = theirs === null ? [field.group ?? null, field.key] : splitName(theirs);
    card.add('outputs', {
      group,
      key,
      type: foreignType(field),
      // What has known properties was not made up by the author.
      metadata: field.properties === undefined ? { custom: true } : {},
    });
  }
}

/** Outputs that repeat the inputs, in the same groups and of the same types. */
export function mirror(card: CardBuilder): void {
  for (const input of card.inputs) {
    if (isPolicy(input)) continue;
    const output = card.add('outputs', {
      group: input.group,
      key: input.key,
      type: input.type,
      metadata: { custom: true },
    });
    card.setType(output, input.type);
  }
  for (const output of [...card.outputs]) {
    if (!card.find('inputs', output.group, output.key)) card.drop('outputs', output);
  }
}

function isPolicy(field: FieldBuilder): boolean {
  return field.value['error'] === true;
}

/** The outputs of a card by our tokens. */
export function writtenCard(card: CardBuilder, out: Readonly<Record<string, string>>): Written {
  const foreign = Object.entries(out).map(([theirs, ours]) => [ours, theirs] as const);
  return {
    card,
    output(tokens) {
      const [first = '', second] = tokens;
      for (const [used, name] of [[2, `${first}/${second}`] as const, [1, first] as const]) {
        if (tokens.length < used) continue;
        const theirs = mappedName(foreign, name);
        const [group, key] = theirs !== null ? splitName(theirs) : used === 2 ? [first, second ?? ''] : [null, first];
        const output = card.find('outputs', group, key);
        if (output) return { source: { card, output }, used };
      }
      return null;
    },
  };
}

function writeComment(lane: Lane, node: CardNode): CardBuilder {
  const link = linkOf(lane, node);
  if (link && isKind(link.card, 'control:comment')) {
    const same = link.node.title === node.title && link.node.in?.['text'] === node.in?.['text'];
    const card = lane.scope.graph.add(structuredClone(link.card.raw));
    if (!same) card.model['comments'] = commentsOf(node);
    return card;
  }
  const raw = bareCard(kernel('control:comment'), 'Comment', lane.flow.ids, { comments: commentsOf(node) });
  return lane.scope.graph.add(raw);
}

function commentsOf(node: CardNode): Mutable {
  const text = node.in?.['text'];
  return { title: node.title ?? '', markdown: typeof text === 'string' ? text : '' };
}
