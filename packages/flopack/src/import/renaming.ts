/** Readable names for inputs whose keys are random: after what they lead to. */
import type { CardType } from '@flowdeck/engine';
import type { Binding } from '@flowdeck/engine/kit';
import { nameOf, type RawCard, type RawField } from '../read/index.js';
import { bindingOf } from './binding.js';
import type { GraphScope } from './draft.js';
import { camelCase } from './names.js';
import { pinOf } from './resolve.js';
import { VALUES_GROUP, whereBinding } from './where.js';

/** Cards whose author-named inputs bear random keys, and what their names begin with instead. */
const RENAMED: ReadonlyMap<string, string> = new Map([['list:construct', 'item']]);
/** Inputs of the cards that hold templates. */
const TEMPLATE_INPUTS: ReadonlySet<string> = new Set(['template', 'formula', 'expression', 'text']);
const FOREIGN_PLACEHOLDER = /\{\{\{([^{}]*)\}\}\}/g;

/** True for the input that holds the text in which the others are named. */
export function isTemplate(scope: GraphScope, card: RawCard, field: RawField): boolean {
  return nameOf(field) === scope.flow.deck.counterparts.of(card.kind)?.template;
}

/** Names for inputs with random keys. */
export class Renaming {
  readonly #scope: GraphScope;
  readonly #card: RawCard;
  readonly #names = new Map<string, string>();
  readonly #taken = new Set<string>();
  readonly #hasTemplate: boolean;
  readonly #template: string;

  constructor(scope: GraphScope, card: RawCard) {
    this.#scope = scope;
    this.#card = card;
    const template = card.inputs.find((input) => isTemplate(scope, card, input));
    this.#hasTemplate = template !== undefined;
    this.#template = typeof template?.data === 'string' ? template.data.replace(FOREIGN_PLACEHOLDER, '') : '';
  }

  of(field: RawField, type: CardType | undefined): string {
    const prefix = RENAMED.get(`${this.#card.kind.namespace}:${this.#card.kind.name}`);
    if (prefix !== undefined) return `${prefix} ${this.#taken.add(field.id).size}`;
    if (this.#hasTemplate) return this.#placeholder(field.key);
    const group = type?.extraInputs?.group;
    if (field.group === VALUES_GROUP) return `${group ?? 'values'}/${this.#placeholder(field.key)}`;
    return group === undefined ? nameOf(field) : `${group}/${field.key}`;
  }

  inTemplate(template: Binding): Binding {
    if (typeof template !== 'string') return template;
    return template.replace(FOREIGN_PLACEHOLDER, (_, key: string) => `{{{${this.#placeholder(key)}}}}`);
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
    const isTaken = () => this.#taken.has(name) || TEMPLATE_INPUTS.has(name) || this.#template.includes(`{{${name}}}`);
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
