/** The inputs of a card as bindings by our names, and the types that have to be written down with them. */

import type { CardType, ExtraInputs, Field } from '@flowdeck/engine';
import { type Binding, emptyValue, fieldName, isUnsafeKey } from '@flowdeck/engine/kit';
import { sameJson } from '../json.js';
import { nameOf, type RawCard, type RawField } from '../read/index.js';
import { type Bound, bindingOf, callsFlow } from './binding.js';
import type { GraphScope } from './draft.js';
import type { CardMapping } from './mapping.js';
import { isTemplate, Renaming } from './renaming.js';
import { pinOf } from './resolve.js';
import { isUnset, typeOf, wiredTypeOf } from './types.js';
import { isWhere } from './where.js';

export interface Inputs {
  readonly in: Record<string, Binding>;
  readonly types: Field[];
  /** Originals by our names. */
  readonly fields: Map<string, RawField>;
}

/** Inputs of a card that has a counterpart. */
export function mappedInputs(scope: GraphScope, card: RawCard, mapping: CardMapping): Inputs {
  const type = scope.flow.deck.catalog.get(mapping.card);
  const result: Inputs = { in: {}, types: [], fields: new Map() };
  const names = new Renaming(scope, card);
  const forwards = callsFlow(card);
  const givers = giversOf(scope, card, mapping);
  const moved = movedUp(type, card, mapping, givers);
  for (const field of card.inputs) {
    if (field.forPolicy) continue;
    const declared = moved.get(field) ?? declaredName(mapping, field);
    if (declared !== null) {
      if (moved.has(field) || givers.get(declared) === field)
        addDeclared(scope, card, field, declared, type, names, result);
      else if (pinOf(scope, card, field)) reportUnmapped(scope, card, field);
      continue;
    }
    const extra = takesExtra(mapping, field) ? names.of(field, type) : null;
    if (extra === null) reportUnmapped(scope, card, field);
    else {
      if (!result.fields.has(extra)) result.fields.set(extra, field);
      addExtra(scope, card, field, extra, forwards, result);
    }
  }
  for (const field of type?.inputs ?? []) addRequired(field, result);
  return result;
}

/** Our name of an input that the mapping names. */
function declaredName({ in: own, also, extra }: CardMapping, field: RawField): string | null {
  const name = nameOf(field);
  if (Object.hasOwn(own, name)) return own[name] ?? null;
  if (Object.hasOwn(also, name)) return also[name] ?? null;
  // What the author names there is called so by chance: a column of a table.
  const isAuthorNamed = typeof extra === 'object' && field.group === extra.group;
  return field.group === null || isAuthorNamed ? null : (also[`*/${field.key}`] ?? null);
}

/** Which field gives each of our inputs, where several would: the one that is wired, then the one that is set. */
function giversOf(scope: GraphScope, card: RawCard, mapping: CardMapping): ReadonlyMap<string, RawField> {
  const givers = new Map<string, RawField>();
  const rank = (field: RawField) => {
    // A Reduce lists the helper's memo beside its own start value; the engine gives it by itself.
    if (field.proxy !== null) return 0;
    return pinOf(scope, card, field) ? 3 : isUnset(field.data) ? 1 : 2;
  };
  for (const field of card.inputs) {
    const name = field.forPolicy ? null : declaredName(mapping, field);
    if (name === null) continue;
    const known = givers.get(name);
    if (!known || rank(field) > rank(known)) givers.set(name, field);
  }
  return givers;
}

/** Fields that stand for inputs of ours which they do not name, because nothing else of the card gives them. */
function movedUp(
  type: CardType | undefined,
  card: RawCard,
  mapping: CardMapping,
  givers: ReadonlyMap<string, RawField>,
): ReadonlyMap<RawField, string> {
  const required = (type?.inputs ?? []).filter((field) => field.required === true && !givers.has(fieldName(field)));
  if (required.length === 0) return new Map();
  const row = card.inputs.filter((field) => !field.forPolicy);
  if (isVariadic(type)) return inRow(type, row);
  const unknown = row.filter((field) => declaredName(mapping, field) === null && !takesExtra(mapping, field));
  const ours = required.filter((field) => Object.values(mapping.in).includes(fieldName(field)));
  if (unknown.length !== ours.length || !unknown.every((field, index) => isOfType(field, ours[index])))
    return new Map();
  const names = ours.map(fieldName);
  return new Map(unknown.map((field, index) => [field, names[index] ?? '']));
}

/** Of a card of which no file has been seen, the names are guessed, but not what it takes and in which order. */
function isOfType(field: RawField, ours: Field | undefined): boolean {
  const { type, list = false } = typeOf(field.type);
  return ours !== undefined && list === (ours.list ?? false) && (ours.type === 'any' || list || ours.type === type);
}

/**
 * The inputs of a card that takes any number of one kind stand in a row. Where the author took away one that our card
 * requires, the next take its place: in a Difference, the first list is the one that things are taken from.
 */
function inRow(type: CardType, row: readonly RawField[]): ReadonlyMap<RawField, string> {
  const required = type.inputs.filter((field) => field.required === true).map(fieldName);
  return new Map(row.slice(0, required.length).map((field, index) => [field, required[index] ?? '']));
}

/** True for a card whose further inputs are of the same kind as those that it declares. */
function isVariadic(type: CardType | undefined): type is CardType & { readonly extraInputs: ExtraInputs } {
  const extra = type?.extraInputs;
  if (!type || extra === undefined || extra.forward !== undefined || extra.group !== undefined) return false;
  return type.inputs.every((field) => field.type === extra.type && (field.list ?? false) === (extra.list ?? false));
}

/** What a required input holds when the file says nothing of it: the card fails when its turn comes, if it must. */
function addRequired(field: Field, result: Inputs): void {
  const name = fieldName(field);
  if (field.required !== true || field.default !== undefined || Object.hasOwn(result.in, name)) return;
  result.in[name] = emptyBinding(field);
}

function emptyBinding(field: Field): Binding {
  const empty = emptyValue(field);
  // Of the empty values, only lists and objects are objects.
  return typeof empty === 'object' && empty !== null ? { value: empty } : (empty as Binding);
}

function addDeclared(
  scope: GraphScope,
  card: RawCard,
  field: RawField,
  name: string,
  type: CardType | undefined,
  names: Renaming,
  result: Inputs,
): void {
  result.fields.set(name, field);
  const bound = bindingOf(scope, card, field);
  const declared = type?.inputs.find((input) => fieldName(input) === name);
  if (bound.isLiteral && declared && !matters(field, declared, card, isVariadic(type))) return;
  if (bound.isLiteral && !type && isUnset(field.data)) return;
  if (isTemplate(scope, card, field)) result.in[name] = names.inTemplate(bound.binding);
  else if (isWhere(field) && bound.isLiteral) result.in[name] = names.inWhere(field);
  else result.in[name] = emptied(bound, field, declared);
  if (bound.convert !== null && declared?.type === 'any')
    result.types.push({ key: name, ...wiredTypeOf(field.type, bound.convert) });
}

/** A required input must be given, though nothing was typed: with the empty value of its type. */
function emptied(bound: Bound, field: RawField, declared: Field | undefined): Binding {
  if (!bound.isLiteral || !declared || !isUnset(field.data) || field.type.name === 'flo') return bound.binding;
  if (declared.type === 'any' || !declared.required) return bound.binding;
  return emptyBinding(declared);
}

/** A literal matters unless leaving it out means the same. */
function matters(field: RawField, declared: Field, card: RawCard, isOneOfMany: boolean): boolean {
  if (ignoresOperand(card, field)) return false;
  if (declared.default !== undefined && sameJson(declared.default, field.data)) return false;
  if (!isUnset(field.data)) return true;
  if (declared.required) return declared.default === undefined;
  // One of many that is left out decides nothing; an empty one that is there may.
  if (isOneOfMany && declared.default !== undefined) return true;
  return declared.type === 'any' && field.data === '';
}

/** The second operand of a test for emptiness may hold anything. */
function ignoresOperand(card: RawCard, field: RawField): boolean {
  if (field.key !== 'right-operand' && field.key !== 'comparison') return false;
  const operator = card.inputs.find((other) => other.group === field.group && other.key === 'operator');
  return operator?.data === 'is empty' || operator?.data === 'is not empty';
}

function takesExtra(mapping: CardMapping, field: RawField): boolean {
  const { extra } = mapping;
  if (extra === false) return false;
  // Wormholes end at cards with blocks only.
  return extra === true ? field.group !== 'context' : field.group === extra.group;
}

function addExtra(
  scope: GraphScope,
  card: RawCard,
  field: RawField,
  name: string,
  forwards: boolean,
  result: Inputs,
): void {
  if (isUnsafeKey(field.key) || isUnsafeKey(name)) {
    const message = `"${field.key}" may not be the name of an input.`;
    scope.flow.deck.found.add('error', 'unsafe-key', field.spot.at('key'), message, 'Rename it.');
    return;
  }
  if (Object.hasOwn(result.in, name)) {
    if (pinOf(scope, card, field)) reportUnmapped(scope, card, field);
    return;
  }
  const bound = bindingOf(scope, card, field);
  // A called flow has the connection of its caller anyway.
  if (forwards && bound.origin?.tokens.length === 1 && bound.origin.tokens[0] === 'connection') {
    for (const pin of bound.origin.route) scope.flow.wires.implied.add(pin);
    return;
  }
  if (forwards && bound.isLiteral && isUnset(field.data)) return;
  result.in[name] = bound.binding;
  const { type } = typeOf(field.type);
  const unknown = bound.origin?.part === true && type !== 'object' && type !== 'any';
  if (!forwards && (bound.convert !== null || unknown)) {
    const slash = name.indexOf('/');
    const grouped = field.group !== null && slash > 0;
    const key = grouped ? { key: name.slice(slash + 1), group: name.slice(0, slash) } : { key: name };
    result.types.push({ ...key, ...wiredTypeOf(field.type, bound.convert) });
  }
}

/** An input that our card does not have: nothing is lost, for the original keeps it, but it has no effect. */
export function reportUnmapped(scope: GraphScope, card: RawCard, field: RawField): void {
  const pin = pinOf(scope, card, field);
  if (!pin && isUnset(field.data)) return;
  if (pin) scope.flow.wires.told.add(pin);
  scope.flow.deck.found.add(
    'warning',
    'unmapped-input',
    field.spot,
    `"${card.title}" has an input "${nameOf(field)}" that Flowdeck's card does not have; it has no effect.`,
  );
}
