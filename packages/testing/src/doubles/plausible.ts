/** Values that fields of a name and a type plausibly hold. */
import type { Field, Value, ValueObject } from '@flowdeck/engine';
import { fieldName, setOwn } from '@flowdeck/engine/kit';
import type { Made } from './made.js';
import { EMPTY_JSON, pastDate, pick, plausibleText, textByName } from './plausible-texts.js';

const MADE_LEVELS = 8;
const ITEMS = 2;

/** What a text has to hold, as its readers show: JSON, or the text of a value of another type. */
export type TextContent = 'json' | 'number' | 'date' | 'boolean';

/** A field, and what is known of its values beyond what it declares. */
export type FieldToMake = Omit<Field, 'properties'> & {
  readonly properties?: readonly FieldToMake[];
  /** What fields that read the value are called: they tell of it where its own name does not. */
  readonly readers?: readonly string[];
  /** Values that it is compared with: they decide which way a flow takes. */
  readonly compared?: readonly Value[];
  readonly holds?: TextContent;
  /** Of a text that holds JSON: what it describes. */
  readonly content?: FieldToMake;
};

/**
 * A value for a field. Names decide what a text looks like: an address where a mail address is asked for, a date where
 * a date is. Files are null: only a file store makes them.
 */
export function plausible(field: FieldToMake, made: Made, level = 0): Value {
  if (field.choices && field.choices.length > 0) return pick(field.choices, made.random);
  if (!field.list) {
    const compared = made.isWide ? comparedValue(field, made) : undefined;
    // Null is one of them: a flow asks whether there is a value.
    return compared === undefined ? single(field, made, level) : compared;
  }
  return Array.from({ length: itemCount(made) }, () => single({ ...field, list: false }, made, level + 1));
}

/** So many items: none now and then, where values are to vary. */
function itemCount({ isWide, random }: Made): number {
  return isWide === true && random() < 0.2 ? 0 : ITEMS;
}

/** One of the values that it is compared with, as often as not; undefined: something else. */
function comparedValue({ type, compared = [] }: FieldToMake, { random }: Made): Value | undefined {
  const fitting = compared.map((value) => asType(value, type)).filter((value) => value !== undefined);
  return fitting.length === 0 || random() < 0.4 ? undefined : pick(fitting, random);
}

function asType(value: Value, type: Field['type']): Value | undefined {
  if (type === 'any' || value === null) return value;
  if (type === 'text') return typeof value === 'object' ? undefined : String(value);
  if (type === 'boolean') return String(value) === 'true';
  const number = type === 'number' && typeof value !== 'object' ? Number(value) : Number.NaN;
  return Number.isNaN(number) ? undefined : number;
}

function single(field: FieldToMake, made: Made, level: number): Value {
  switch (field.type) {
    case 'text':
      return told(textFor(field, made, level), made);
    case 'number':
      return numberFor(field, made);
    case 'boolean':
      return made.random() < (made.isWide ? 0.5 : 0.75);
    case 'date':
      return pastDate(made);
    case 'object':
      return objectFor(field, made, level);
    case 'any':
      return field.holds === undefined ? ofAnyType(field, made, level) : told(textFor(field, made, level), made);
    default:
      return null;
  }
}

/** Of a field that says nothing of its type its name may: a count is a number, a "Last Login" a text. All else is an object. */
function ofAnyType(field: FieldToMake, made: Made, level: number): Value {
  if ((field.properties ?? []).length === 0) {
    const names = [field.label ?? field.key, field.key];
    if (names.some(namesNumber)) return numberFor(field, made);
    const text = textByName(names, made);
    if (text !== null && text !== EMPTY_JSON) return told(text, made);
  }
  return objectFor(field, made, level);
}

function told(text: string, { onText }: Made): string {
  onText?.(text);
  return text;
}

function objectFor(field: FieldToMake, made: Made, level: number): ValueObject {
  const object: { [key: string]: Value } = {};
  if (level >= MADE_LEVELS) return object;
  for (const property of field.properties ?? []) setOwn(object, property.key, plausible(property, made, level + 1));
  return object;
}

const NUMBERS: readonly (readonly [RegExp, (made: Made) => number])[] = [
  [/status.?code/i, () => 200],
  [/time.?stamp|epoch|unix/i, ({ now }) => Math.floor(now / 1000)],
  [/count|total|records|rows|streamed/i, ({ random }) => 1 + Math.floor(random() * 5)],
];

function namesNumber(name: string): boolean {
  return NUMBERS.some(([pattern]) => pattern.test(name));
}

function numberFor({ key, label = key, readers = [] }: FieldToMake, made: Made): number {
  for (const name of [label, ...readers]) {
    const found = NUMBERS.find(([pattern]) => pattern.test(name));
    if (found) return found[1](made);
  }
  return 1 + Math.floor(made.random() * 100);
}

function textFor(field: FieldToMake, made: Made, level: number): string {
  switch (field.holds) {
    case 'json':
      return JSON.stringify(field.content === undefined ? {} : plausible(field.content, made, level + 1));
    case 'number':
      return String(numberFor(field, made));
    case 'date':
      return pastDate(made).toISOString();
    case 'boolean':
      return String(made.random() < 0.75);
    default:
      return plausibleText([field.label ?? field.key, field.key, ...(field.readers ?? [])], fieldName(field), made);
  }
}
