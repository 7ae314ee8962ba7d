/** The inputs of a card as bindings by our names, and the types that have to be written down with them. */
import type { CardType, Field } from '@flowdeck/engine';
import { type Binding, emptyValue, fieldName, isUnsafeKey } from '@flowdeck/engine/kit';
import { sameJson } from '../json.js';
import { isKind, nameOf, type RawCard, type RawField } from '../read/index.js';
import { type Bound, bindingOf, callsFlow } from './binding.js';
import type { GraphScope } from './draft.js';
import type { CardMapping } from './mapping.js';
import { camelCase } from './names.js';
import { pinOf } from './resolve.js';
import { isUnset, typeOf } from './types.js';
import { isWhere, VALUES_GROUP, whereBinding } from './where.js';

export interface Inputs {
  readonly in: Record<string, Binding>;
  readonly types: Field[];
  /** Originals by our names. */
  readonly fields: Map<string, RawField>;
}

/** Cards whose author-named inputs bear random keys, and what their names begin with instead. */
const RENAMED: ReadonlyMap<string, string> = new Map([['list:construct', 'item']]);
const TEMPLATES: readonly string[] = ['string:compose', 'math:expression'];
/** Inputs of the cards that hold templates. */
const RESERVED: ReadonlySet<string> = new Set(['template', 'formula', 'expression', 'text']);
const PLACEHOLDER = /\{\{\{([^{}]*)\}\}\}/g;

/** Inputs of a card that has a counterpart. */
export function mappedInputs(scope: GraphScope, card: RawCard, mapping: CardMapping): Inputs {
  const type = scope.flow.deck.catalog.get(mapping.card);
  const result: Inputs = { in: {}, types: [], fields: new Map() };
  const names = new Renaming(scope, card);
  const forwards = callsFlow(card);
  for (const field of card.inputs) {
    if (field.forPolicy) continue;
    const name = nameOf(field);
    const declared = Object.hasOwn(mapping.in, name) ? mapping.in[name] : undefined;
    // A Reduce lists the helper's memo beside its own start value; the engine gives it by itself.
    if (declared !== undefined && field.proxy !== null && result.fields.has(declared)) continue;
    const ours = declared ?? (takesExtra(mapping, field) ? names.of(field, type) : null);
    if (ours !== null && !result.fields.has(ours)) result.fields.set(ours, field);
    if (declared !== undefined) addDeclared(scope, card, field, declared, type, names, result);
    else if (ours !== null) addExtra(scope, card, field, ours, forwards, result);
    else reportUnmapped(scope, card, field);
  }
  for (const field of type?.inputs ?? []) addRequired(field, result);
  return result;
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
  const bound = bindingOf(scope, card, field);
  const declared = type?.inputs.find((input) => fieldName(input) === name);
  if (bound.isLiteral && declared && !matters(field, declared, card)) return;
  if (bound.isLiteral && !type && isUnset(field.data)) return;
  if (isTemplate(card, field)) result.in[name] = names.inTemplate(bound.binding);
  else if (isWhere(field) && bound.isLiteral) result.in[name] = names.inWhere(field);
  else result.in[name] = emptied(bound, field, declared);
  if (bound.converted && declared?.type === 'any') result.types.push({ key: name, ...typeOf(field.type) });
}

function isTemplate(card: RawCard, field: RawField): boolean {
  return field.key === '_text_' && TEMPLATES.some((kind) => isKind(card, kind));
}

/** A required input must be given, though nothing was typed: with the empty value of its type. */
function emptied(bound: Bound, field: RawField, declared: Field | undefined): Binding {
  if (!bound.isLiteral || !declared || !isUnset(field.data) || field.type.name === 'flo') return bound.binding;
  if (declared.type === 'any' || !declared.required) return bound.binding;
  return emptyBinding(declared);
}

/** A literal matters unless leaving it out means the same. */
function matters(field: RawField, declared: Field, card: RawCard): boolean {
  if (ignoresOperand(card, field)) return false;
  if (declared.default !== undefined && sameJson(declared.default, field.data)) return false;
  if (!isUnset(field.data)) return true;
  if (declared.required) return declared.default === undefined;
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
  if (extra === undefined || extra === false) return false;
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
  if (forwards && bound.origin?.tokens.length === 1 && bound.origin.tokens[0] === 'connection') return;
  if (forwards && bound.isLiteral && isUnset(field.data)) return;
  result.in[name] = bound.binding;
  const { type } = typeOf(field.type);
  const unknown = bound.origin?.part === true && type !== 'object' && type !== 'any';
  if (!forwards && (bound.converted || unknown)) {
    const slash = name.indexOf('/');
    const grouped = field.group !== null && slash > 0;
    const key = grouped ? { key: name.slice(slash + 1), group: name.slice(0, slash) } : { key: name };
    result.types.push({ ...key, ...typeOf(field.type) });
  }
}

/** An input that our card does not have: nothing is lost, for the original keeps it, but it has no effect. */
export function reportUnmapped(scope: GraphScope, card: RawCard, field: RawField): void {
  const pin = pinOf(scope, card, field);
  if (!pin && isUnset(field.data)) return;
  if (pin) scope.flow.accounted.add(pin);
  scope.flow.deck.found.add(
    'warning',
    'unmapped-input',
    field.spot,
    `"${card.title}" has an input "${nameOf(field)}" that Flowdeck's card does not have; it has no effect.`,
  );
}

/** Names for inputs with random keys. */
class Renaming {
  readonly #scope: GraphScope;
  readonly #card: RawCard;
  readonly #names = new Map<string, string>();
  readonly #taken = new Set<string>();
  readonly #template: string;

  constructor(scope: GraphScope, card: RawCard) {
    this.#scope = scope;
    this.#card = card;
    const template = card.inputs.find((input) => input.key === '_text_')?.data;
    this.#template = typeof template === 'string' ? template.replace(PLACEHOLDER, '') : '';
  }

  of(field: RawField, type: CardType | undefined): string {
    const prefix = RENAMED.get(`${this.#card.kind.namespace}:${this.#card.kind.name}`);
    if (prefix !== undefined) return `${prefix} ${this.#taken.add(field.id).size}`;
    if (TEMPLATES.some((kind) => isKind(this.#card, kind))) return this.#placeholder(field.key);
    const group = type?.extraInputs?.group;
    if (field.group === VALUES_GROUP) return `${group ?? 'values'}/${this.#placeholder(field.key)}`;
    return group === undefined ? nameOf(field) : `${group}/${field.key}`;
  }

  inTemplate(template: Binding): Binding {
    if (typeof template !== 'string') return template;
    return template.replace(PLACEHOLDER, (_, key: string) => `{{{${this.#placeholder(key)}}}}`);
  }

  inWhere(field: RawField): Binding {
    return whereBinding(this.#scope, this.#card, field, (key) => this.#placeholder(key));
  }

  #placeholder(key: string): string {
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    const stem = this.#sourceName(key) || 'value';
    let name = stem;
    // Double braces take names too, and mean nothing in the original.
    const isTaken = () => this.#taken.has(name) || RESERVED.has(name) || this.#template.includes(`{{${name}}}`);
    for (let count = 2; isTaken(); count++) name = `${stem}${count}`;
    this.#taken.add(name);
    this.#names.set(key, name);
    return name;
  }

  /** What the value is called where it comes from. */
  #sourceName(key: string): string {
    const field = this.#card.inputs.find(
      (input) => input.key === key && (input.group === null || input.group === VALUES_GROUP),
    );
    const pin = field && pinOf(this.#scope, this.#card, field);
    if (!field || !pin) return '';
    const { binding } = bindingOf(this.#scope, this.#card, field);
    const from = typeof binding === 'object' && binding !== null && 'from' in binding ? binding.from : '';
    const tokens = from.split('/').slice(1);
    const last = tokens.at(-1) ?? '';
    return camelCase(tokens.length === 2 && GENERIC.has(last) ? (tokens[0] ?? '') : last.replace(/~[01]/g, ' '));
  }
}

/** Output names that say nothing about the value. */
const GENERIC: ReadonlySet<string> = new Set(['output', 'result', 'item', 'list', 'text', 'value']);
