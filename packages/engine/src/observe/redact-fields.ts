/** Secrets by declaration: the fields of a card or a flow that are marked secret. */
import { type Field, fieldName, type Value } from '../values/index.js';
import { isContainer } from './rewrite.js';
import { REDACTED } from './vault.js';

type FieldRecord = Readonly<Record<string, Value>>;

/** Deep enough for any declaration that a person writes; a declaration that holds itself ends there. */
const MAX_FIELD_DEPTH = 32;

/**
 * Replaces the values of fields declared secret by `[redacted]` as a whole, also inside objects whose properties are
 * declared. Null stays null: that nothing was given is no secret. `record` is keyed by field name; the same reference
 * when nothing was hidden.
 */
export function redactFields<R extends FieldRecord>(record: R, fields: readonly Field[]): R {
  // Only values are replaced, by text.
  return replace(record, fields, fieldName, MAX_FIELD_DEPTH) as R;
}

/** The values of fields declared secret. */
export function secretValues(record: FieldRecord, fields: readonly Field[]): readonly Value[] {
  const found: Value[] = [];
  collectSecrets(record, fields, fieldName, found, MAX_FIELD_DEPTH);
  return found;
}

type Naming = (field: Field) => string;
const propertyName: Naming = (field) => field.key;

function replace(record: FieldRecord, fields: readonly Field[], nameOf: Naming, depth: number): FieldRecord {
  let result: Record<string, Value> | null = null;
  for (const field of fields) {
    const name = nameOf(field);
    const value = ownValue(record, name);
    const shown = hide(value, field, depth);
    if (shown === value) continue;
    result ??= { ...record };
    result[name] = shown;
  }
  return result ?? record;
}

function hide(value: Value, field: Field, depth: number): Value {
  if (value === null) return null;
  if (field.secret === true) return REDACTED;
  const { properties } = field;
  if (properties === undefined || depth === 0) return value;
  const one = (item: Value) => (isRecord(item) ? replace(item, properties, propertyName, depth - 1) : item);
  if (!Array.isArray(value)) return one(value);
  const items: Value[] = value.map(one);
  return items.every((item, index) => item === value[index]) ? value : items;
}

function collectSecrets(
  record: FieldRecord,
  fields: readonly Field[],
  nameOf: Naming,
  into: Value[],
  depth: number,
): void {
  for (const field of fields) {
    const value = ownValue(record, nameOf(field));
    if (value === null) continue;
    if (field.secret === true) into.push(value);
    else if (field.properties !== undefined && depth > 0) {
      for (const item of Array.isArray(value) ? value : [value]) {
        if (isRecord(item)) collectSecrets(item, field.properties, propertyName, into, depth - 1);
      }
    }
  }
}

function ownValue(record: FieldRecord, name: string): Value {
  return Object.hasOwn(record, name) ? (record[name] ?? null) : null;
}

function isRecord(value: Value): value is FieldRecord {
  return isContainer(value) && !Array.isArray(value);
}
