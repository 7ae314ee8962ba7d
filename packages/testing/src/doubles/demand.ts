/** What readers of a value ask of it: members, items, a type, JSON text. */
import type { Field, FieldType, Value } from '@flowdeck/engine';
import type { FieldToMake, TextContent } from './plausible.js';

export class Demand {
  /** A type that some reader converts the value to. The first counts. */
  type: FieldType | null = null;
  isList = false;
  isJson = false;
  /** What fields that read the value are called. */
  readonly readers = new Set<string>();
  /** What the value is compared with. */
  readonly compared = new Set<Value>();
  readonly members = new Map<string, Demand>();
  /** Of the items of a list. */
  items: Demand | null = null;
  /** What a text that holds JSON describes. */
  content: Demand | null = null;

  /** The demand on the value at a path. Numbers are places in lists. */
  at(path: readonly string[]): Demand {
    const [key, ...rest] = path;
    if (key === undefined) return this;
    if (/^\d+$/.test(key)) return this.item().at(rest);
    const known = this.members.get(key) ?? new Demand();
    this.members.set(key, known);
    return known.at(rest);
  }

  item(): Demand {
    this.items ??= new Demand();
    return this.items;
  }

  /** Takes over what another reader asks, no deeper than values are made. */
  add(other: Demand, level = 0): void {
    if (other === this || level > LEVELS) return;
    this.type ??= other.type;
    for (const name of other.readers) this.readers.add(name);
    for (const value of other.compared) this.compared.add(value);
    this.isList ||= other.isList;
    this.isJson ||= other.isJson;
    for (const [key, member] of other.members) this.at([key]).add(member, level + 1);
    if (other.items) this.item().add(other.items, level + 1);
    if (other.content) {
      this.content ??= new Demand();
      this.content.add(other.content, level + 1);
    }
  }

  get isEmpty(): boolean {
    const known = this.members.size + this.readers.size + this.compared.size;
    return this.type === null && !this.isJson && known === 0 && this.items === null;
  }
}

const LEVELS = 8;

/** Types of which a text can hold a value. */
const TEXTUAL: Readonly<Partial<Record<FieldType, TextContent>>> = {
  number: 'number',
  date: 'date',
  boolean: 'boolean',
  object: 'json',
};

/** A field with what its readers ask of it. What it declares itself stays. */
export function refined(field: Field, demand: Demand | null): FieldToMake {
  if (demand === null || demand.isEmpty) return field;
  const typed = refinedByType(field, demand);
  return {
    ...typed,
    ...(demand.readers.size === 0 ? {} : { readers: [...demand.readers] }),
    ...(demand.compared.size === 0 ? {} : { compared: [...demand.compared] }),
  };
}

function refinedByType(field: Field, demand: Demand): FieldToMake {
  switch (field.type) {
    case 'text':
      return field.list ? refinedTexts(field, demand.items) : refinedText(field, demand);
    case 'object':
      return withMembers(field, field.list ? (demand.items ?? demand) : demand);
    case 'any':
      return refinedAny(field, demand);
    default:
      return field;
  }
}

/** A list of texts, by what is asked of each. */
function refinedTexts(field: Field, demand: Demand | null): FieldToMake {
  return demand === null ? field : { ...refinedText({ ...field, list: false }, demand), list: true };
}

function refinedText(field: Field, demand: Demand): FieldToMake {
  const holds = demand.isJson || demand.isList ? 'json' : demand.type === null ? undefined : TEXTUAL[demand.type];
  if (holds === undefined) return field;
  if (holds !== 'json') return { ...field, holds };
  const content = demand.content ?? demand;
  const type = content.isList || content.items ? 'any' : 'object';
  return { ...field, holds, content: refined({ key: field.key, type }, asValue(content)) };
}

/** What is asked of the value, not of the text that describes it. */
function asValue(demand: Demand): Demand {
  if (!demand.isJson) return demand;
  const plain = new Demand();
  plain.add(demand);
  plain.isJson = false;
  return plain;
}

function refinedAny(field: Field, demand: Demand): FieldToMake {
  if (demand.isJson) return refinedText({ ...field, type: 'text' }, demand);
  if (demand.items !== null || demand.isList) {
    return { ...refined({ ...field, type: 'any', list: false }, demand.items), list: true };
  }
  if (demand.members.size > 0) return withMembers({ ...field, type: 'object' }, demand);
  return demand.type === null || demand.type === 'any' ? field : { ...field, type: demand.type };
}

function withMembers(field: Field, demand: Demand): FieldToMake {
  const declared = field.properties ?? [];
  const known = new Set(declared.map(({ key }) => key));
  const more = [...demand.members].filter(([key]) => !known.has(key));
  return {
    ...field,
    properties: [
      ...declared.map((property) => refined(property, demand.members.get(property.key) ?? null)),
      ...more.map(([key, member]) => fieldFor(key, member)),
    ],
  };
}

/** A member that is not declared: of the type that its readers ask for, else a text. */
function fieldFor(key: string, demand: Demand): FieldToMake {
  const isPlain = demand.items === null && !demand.isList && demand.members.size === 0 && !demand.isJson;
  if (isPlain && (demand.type === null || demand.type === 'any')) return refined({ key, type: 'text' }, demand);
  return refined({ key, type: 'any' }, demand);
}
