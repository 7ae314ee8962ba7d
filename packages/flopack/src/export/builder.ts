/** Builds the cards and wires of a graph. */

import { isUnset } from '../import/types.js';
import { isObject, itemsOf, type JsonObject, type Mutable } from '../json.js';
import type { Ids } from './ids.js';
import { likeBefore } from './order-before.js';
import { conversionOf, emptyData, type ForeignType, sameType } from './types.js';

/** One side of a card: fields by id. */
type Side = 'inputs' | 'outputs';

export interface FieldSpec {
  readonly group: string | null;
  readonly key: string;
  readonly type: ForeignType;
  readonly data?: unknown;
  readonly metadata?: JsonObject;
  readonly proxy?: JsonObject;
  readonly forPolicy?: boolean;
}

/** Where a value comes from in a graph. */
export interface Source {
  readonly card: CardBuilder;
  readonly output: FieldBuilder;
}

export interface FieldBuilder {
  readonly id: string;
  readonly group: string | null;
  readonly key: string;
  type: ForeignType;
  /** True: the document leaves the type open, and the first reader decides. */
  isOpen: boolean;
  isWired?: boolean;
  /** The field as the file has it, and its `value`. */
  readonly raw: Mutable;
  readonly value: Mutable;
}

export class CardBuilder {
  readonly id: string;
  readonly raw: Mutable;
  readonly model: Mutable;
  readonly inputs: FieldBuilder[] = [];
  readonly outputs: FieldBuilder[] = [];
  readonly #ids: Ids;
  readonly #pinsBefore: unknown;
  /** Wires by output id, then by the id of the card that they lead to. */
  readonly #pins: Mutable = {};

  constructor(raw: Mutable, ids: Ids) {
    this.#ids = ids;
    this.raw = raw;
    this.#pinsBefore = raw['pins'];
    this.id = String(raw['uuid']);
    this.model = inner(inner(raw, 'node'), 'model');
    raw['pins'] = this.#pins;
    for (const side of ['inputs', 'outputs'] as const) this.#adopt(side);
  }

  /** Notes the usual name of the kind of card. */
  name(usual: string): void {
    inner(this.model, 'metadata')['name'] = usual;
  }

  /** Writes a title of the author's over the one of the card. */
  retitle(title: string): void {
    inner(this.raw, 'node')['data'] = { name: title };
  }

  /** The card as it stands in a file. Wires that came out as they were keep their order too. */
  get finished(): Mutable {
    this.raw['pins'] = likeBefore(this.#pins, this.#pinsBefore);
    return this.raw;
  }

  /** Fields that the card had before. */
  #adopt(side: Side): void {
    for (const raw of Object.values(this.#data(side))) {
      if (!isObject(raw)) continue;
      const value = inner(raw, 'value');
      const group = raw['group'];
      this[side].push({
        id: String(raw['id']),
        group: typeof group === 'string' ? group : null,
        key: String(raw['key']),
        type: typeOfValue(value),
        isOpen: false,
        raw,
        value,
      });
    }
  }

  #data(side: Side): Mutable {
    return inner(inner(this.model, side), 'data');
  }

  find(side: Side, group: string | null, key: string): FieldBuilder | undefined {
    return this[side].find((field) => field.group === group && field.key === key && !isPolicyField(field));
  }

  /** Adds a field, or gives back the one that is there. */
  add(side: Side, spec: FieldSpec): FieldBuilder {
    const known = spec.forPolicy ? undefined : this.find(side, spec.group, spec.key);
    if (known) return known;
    const id = this.#ids.short();
    const { type, collection } = spec.type;
    const value: Mutable = {
      error: spec.forPolicy === true,
      type,
      collection,
      data: spec.data === undefined ? emptyData(spec.type) : spec.data,
      available: availableFor(spec.type),
      ...(spec.proxy ? { proxy: spec.proxy } : {}),
    };
    const raw: Mutable = {
      id,
      group: spec.group,
      key: spec.key,
      value,
      ref: collection,
      metadata: { ...spec.metadata, index: this[side].length },
      ...(side === 'inputs' ? { required: false, flags: spec.group === 'parameters' ? 'p' : 'd' } : {}),
    };
    this.#data(side)[id] = raw;
    const field: FieldBuilder = { id, group: spec.group, key: spec.key, type: spec.type, isOpen: false, raw, value };
    this[side].push(field);
    return field;
  }

  drop(side: Side, field: FieldBuilder): void {
    delete this.#data(side)[field.id];
    this[side].splice(this[side].indexOf(field), 1);
  }

  setData(field: FieldBuilder, data: unknown): void {
    field.value['data'] = data;
  }

  /** Notes a wire from one of the outputs to another card. */
  wire(output: FieldBuilder, target: CardBuilder, pin: JsonObject): void {
    const targets = inner(this.#pins, output.id);
    targets[target.id] = [...itemsOf(targets[target.id]), pin];
  }

  setType(field: FieldBuilder, type: ForeignType): void {
    field.isOpen = false;
    if (sameType(field.type, type)) return;
    field.type = type;
    const { value } = field;
    // As in the editor, a new type brings its own empty value.
    const data =
      isUnset(value['data']) || value['data'] === 0 || value['data'] === false ? emptyData(type) : value['data'];
    Object.assign(value, { type: type.type, collection: type.collection, data, available: availableFor(type) });
  }
}

/** The object under a key, made when it is not there. */
function inner(object: Mutable, key: string): Mutable {
  const known = object[key];
  if (isObject(known)) return known;
  const made: Mutable = {};
  object[key] = made;
  return made;
}

function availableFor({ type }: ForeignType): readonly string[] {
  return typeof type === 'string' && type !== 'flo' ? [type] : [];
}

function isPolicyField(field: FieldBuilder): boolean {
  return field.value['error'] === true;
}

function typeOfValue(value: JsonObject): ForeignType {
  const { type } = value;
  return {
    type: isObject(type) || typeof type === 'string' ? type : 'object',
    collection: value['collection'] === true,
  };
}

export class GraphBuilder {
  readonly ids: Ids;
  readonly cards: CardBuilder[] = [];
  readonly start: { card: CardBuilder | null } = { card: null };
  readonly #byId = new Map<string, CardBuilder>();
  readonly #edges: [string, string][] = [];

  constructor(ids: Ids) {
    this.ids = ids;
  }

  add(raw: Mutable): CardBuilder {
    const card = new CardBuilder(raw, this.ids);
    this.cards.push(card);
    this.#byId.set(card.id, card);
    return card;
  }

  card(id: string): CardBuilder | undefined {
    return this.#byId.get(id);
  }

  order(before: CardBuilder, after: CardBuilder): void {
    this.#edges.push([before.id, after.id]);
  }

  /** Wires an output to an input. False when no conversion leads from one type to the other. */
  pin({ card, output }: Source, target: CardBuilder, input: FieldBuilder): boolean {
    if (input.isOpen) target.setType(input, output.type);
    if (output.isOpen) card.setType(output, input.type);
    const conversion = conversionOf(output.type, input.type);
    if (conversion === 'never') return false;
    input.isWired = true;
    const transform = conversion && { [output.id]: { ...conversion, dest: output.id } };
    card.wire(output, target, { input: input.id, transform });
    return true;
  }

  get orderings(): JsonObject {
    return Object.fromEntries(this.#edges.map((edge) => [this.ids.short(), edge]));
  }

  get methods(): readonly Mutable[] {
    return this.cards.map((card) => card.finished);
  }
}
