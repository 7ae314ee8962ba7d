/** Writes the inputs of a card: literals, wires, arguments. */

import type { CardType, Field } from '@flowdeck/engine';
import { type Binding, type CardNode, fieldName, parsePointer } from '@flowdeck/engine/kit';
import type { CardLink } from '../import/draft.js';
import type { CardMapping } from '../import/mapping.js';
import { VALUES_GROUP } from '../import/where.js';
import { type JsonObject, type Spot, sameJson } from '../json.js';
import type { CardBuilder, FieldBuilder, FieldSpec } from './builder.js';
import type { Lane } from './draft.js';
import { groupedNames } from './grouped-names.js';
import { keptSource, pinBefore } from './kept.js';
import { writeLiteral } from './literals.js';
import { locate } from './scope.js';
import { foreignTemplate, placeholders } from './template.js';
import { emptyData, FLOW, type ForeignType, foreignType, literalType, TEXT } from './types.js';
import { keepWhere, writeWhere } from './where.js';

const WHERE = 'Filter/Where Expression';

/** Binds one input, and puts what cannot be said into the diagnostics. */
export function writeBinding(lane: Lane, card: CardBuilder, field: FieldBuilder, binding: Binding, spot: Spot): void {
  const { draft } = lane.flow;
  if (binding === null || typeof binding !== 'object') writeLiteral(lane, card, field, binding, spot);
  else if ('value' in binding) writeLiteral(lane, card, field, binding.value, spot.at('value'));
  else if ('flow' in binding) {
    card.setType(field, FLOW);
    card.setData(field, draft.flowIds.get(binding.flow) ?? binding.flow);
  } else if ('item' in binding) writeItem(lane, field, binding.item, spot);
  else if ('from' in binding) writeReference(lane, card, field, binding, spot);
  else {
    const message = 'The foreign format has no expressions.';
    draft.found.add('error', 'not-exportable', spot, message, 'Use cards such as Compose or Formula instead.');
  }
}

function writeReference(
  lane: Lane,
  card: CardBuilder,
  field: FieldBuilder,
  binding: { readonly from: string },
  spot: Spot,
): void {
  const { draft } = lane.flow;
  const before = pinBefore(lane.scope, card, field);
  const isSame = before !== null && lane.flow.routes.get(before) === binding.from;
  const source =
    (isSame ? keptSource(lane.scope, before) : null) ?? locate(lane.scope, parsePointer(binding.from), spot);
  if (source && !lane.scope.graph.pin(source, card, field)) {
    const types = `${nameOfType(source.output.type)} and ${nameOfType(field.type)}`;
    const message = `No wire leads from ${binding.from} to "${field.key}": nothing converts between ${types}.`;
    draft.found.add('error', 'not-exportable', spot, message, 'Convert the value with a card.');
  }
}

function nameOfType({ type, collection }: ForeignType): string {
  return `${typeof type === 'string' ? type : 'object'}${collection ? '[]' : ''}`;
}

/** A path of the foreign format has dots between its steps. */
function writeItem(lane: Lane, field: FieldBuilder, pointer: string, spot: Spot): void {
  const path = parsePointer(pointer);
  if (path.length > 1 && path.some((step) => step === '' || step.includes('.'))) {
    const message = 'No path leads through properties whose names hold dots.';
    lane.flow.draft.found.add('error', 'not-exportable', spot, message, 'Hand the item on, and take the part there.');
  }
  field.value['proxy'] = proxyOf(field, true, path.join('.'));
}

function proxyOf(field: { key: string; group: string | null }, dynamic: boolean, path: string | null): JsonObject {
  return { dynamic, path, dest: { key: field.key, group: field.group } };
}

/** The inputs of a card that has a counterpart. */
export function writeMapped(
  lane: Lane,
  card: CardBuilder,
  node: CardNode,
  mapping: CardMapping,
  link: CardLink | null,
  spot: Spot,
  template: string | null = null,
): void {
  const type = lane.flow.draft.catalog.get(node.card);
  const declared = new Map((type?.inputs ?? []).map((field) => [fieldName(field), field]));
  for (const [foreign, ours] of Object.entries(mapping.in)) {
    const field = declared.get(ours);
    if (!link) card.add('inputs', specOf(foreign, field, node));
    const target = link?.inputs.get(ours);
    const builder = target ? inputById(card, target.id) : findNamed(card, foreign);
    const wanted = node.in?.[ours];
    if (builder && foreign === WHERE) {
      if (!keepWhere(lane, card, node, link)) card.setData(builder, writeWhere(lane, card, node, wanted, spot));
      continue;
    }
    if (!builder || !needsWriting(link, ours, wanted)) continue;
    const isTyped = node.inputs?.some((input) => fieldName(input) === ours) === true;
    // Where anything is taken, what is given now decides the type, not what was given before.
    if (field?.type === 'any' && !isTyped && !isAsBefore(link, ours, wanted)) builder.isOpen = true;
    if (wanted === undefined) card.setData(builder, defaultOf(field, builder));
    else if (foreign === template && typeof wanted === 'string') {
      card.setData(builder, foreignTemplate(wanted, node, link));
    } else writeBinding(lane, card, builder, wanted, spot.at('in', ours));
  }
  const known = new Set(Object.values(mapping.in));
  const named = template === null ? null : placeholders(node.in?.[mapping.in[template] ?? ''], node);
  dropGone(card, node, link, known);
  for (const [name, binding] of Object.entries(node.in ?? {})) {
    if (known.has(name) || named?.has(name) === false || isWhereValue(mapping)) continue;
    const target = link?.inputs.get(name);
    const builder =
      (target && inputById(card, target.id)) ??
      card.add('inputs', extraSpec(name, node, type, binding, mapping, groupedNames(lane, node, type)));
    if (!target || (type?.extraInputs?.forward === undefined && !isAsBefore(link, name, binding)))
      builder.isOpen = isOpenExtra(node, name, type);
    if (needsWriting(link, name, binding)) writeBinding(lane, card, builder, binding, spot.at('in', name));
    if (type?.extraInputs?.perItem === true && !isItem(binding) && !target) {
      builder.value['proxy'] = proxyOf(builder, false, null);
    }
  }
}

/** All further inputs of a search are values of its Where Expression. */
function isWhereValue(mapping: CardMapping): boolean {
  return typeof mapping.extra === 'object' && mapping.extra.group === VALUES_GROUP;
}

function isItem(binding: Binding): boolean {
  return typeof binding === 'object' && binding !== null && 'item' in binding;
}

/** A literal that the edit left alone stands in the original already; wires are always laid anew. */
function needsWriting(link: CardLink | null, name: string, binding: Binding | undefined): boolean {
  return (typeof binding === 'object' && binding !== null && 'from' in binding) || !isAsBefore(link, name, binding);
}

function isAsBefore(link: CardLink | null, name: string, binding: Binding | undefined): boolean {
  return link !== null && sameJson(link.node.in?.[name], binding);
}

function dropGone(card: CardBuilder, node: CardNode, link: CardLink | null, known: ReadonlySet<string>): void {
  for (const [name, field] of link?.inputs ?? []) {
    if (known.has(name) || Object.hasOwn(node.in ?? {}, name) || !Object.hasOwn(link?.node.in ?? {}, name)) continue;
    const builder = inputById(card, field.id);
    if (builder) card.drop('inputs', builder);
  }
}

export function inputById(card: CardBuilder, id: string): FieldBuilder | undefined {
  return card.inputs.find((field) => field.id === id);
}

function findNamed(card: CardBuilder, name: string): FieldBuilder | undefined {
  return card.find('inputs', ...splitName(name));
}

/** `group/key` of the foreign format, whose groups have no slashes. */
export function splitName(name: string): [string | null, string] {
  const slash = name.indexOf('/');
  return slash > 0 ? [name.slice(0, slash), name.slice(slash + 1)] : [null, name];
}

function specOf(foreign: string, field: Field | undefined, node: CardNode): FieldSpec {
  const [group, key] = splitName(foreign);
  const chosen = node.inputs?.find((input) => field && input.key === field.key && input.group === field.group);
  const type = field?.type === 'flow' || key === 'flo' ? FLOW : foreignType(chosen ?? field ?? { type: 'text' });
  const metadata = key === 'stash' && group === 'parameters' ? { table: true } : {};
  return { group, key, type, data: field ? defaultOf(field, { type }) : undefined, metadata };
}

function defaultOf(field: Field | undefined, builder: Pick<FieldBuilder, 'type'>): unknown {
  // For a number, 0 is a value like any other.
  if (field?.type === 'number' && !field.required && field.default === undefined) return null;
  return field?.default === undefined || field.default === null ? emptyData(builder.type) : field.default;
}

/** An author-named input: an argument of a called flow, a key of a Return, a placeholder. */
function extraSpec(
  name: string,
  node: CardNode,
  type: CardType | undefined,
  binding: Binding,
  mapping: CardMapping,
  grouped: ReadonlySet<string>,
): FieldSpec {
  const prefix = type?.extraInputs?.group;
  const own = prefix !== undefined && name.startsWith(`${prefix}/`) ? name.slice(prefix.length + 1) : name;
  const fixed = typeof mapping.extra === 'object' ? mapping.extra.group : null;
  const chosen = node.inputs?.find((input) => fieldName(input) === name || input.key === own);
  const isGrouped = chosen?.group !== undefined || grouped.has(name);
  const [group, key] = fixed !== null ? [fixed, own] : isGrouped ? splitName(name) : [null, own];
  const rule = type?.extraInputs?.type;
  const declared = chosen ?? (rule === undefined || rule === 'any' ? null : { type: rule });
  return {
    group,
    key,
    type: declared ? foreignType(declared) : literalOr(binding, TEXT),
    metadata: {
      custom: true,
      ...(type?.extraInputs?.forward !== undefined && !type.extraInputs.perItem ? { transient: true } : {}),
    },
  };
}

export function literalOr(binding: Binding, otherwise: ForeignType): ForeignType {
  if (binding === null || typeof binding !== 'object') return literalType(binding);
  return 'value' in binding ? literalType(binding.value) : otherwise;
}

function isOpenExtra(node: CardNode, name: string, type: CardType | undefined): boolean {
  const rule = type?.extraInputs?.type ?? 'any';
  return rule === 'any' && !node.inputs?.some((input) => fieldName(input) === name);
}
