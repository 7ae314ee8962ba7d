/** Foreign types as ours. */
import type { Field, FieldType, TypeRef } from '@flowdeck/engine';
import { isUnsafeKey } from '@flowdeck/engine/kit';
import { isObject, type JsonObject, textOf } from '../json.js';
import { type RawField, type RawType, TYPE_NAMES, type TypeName } from '../read/index.js';

const TYPES: Readonly<Record<TypeName | 'unknown', FieldType>> = {
  string: 'text',
  number: 'number',
  boolean: 'boolean',
  object: 'object',
  Date: 'date',
  file: 'file',
  flo: 'flow',
  unknown: 'any',
};

/** Levels of properties that are carried over. Real files have six. */
const MAX_LEVELS = 12;

/** A list of objects without known properties is a list of anything: its literals hold texts and numbers too. */
export function typeOf(type: RawType): TypeRef {
  const ours = type.list && type.name === 'object' && type.members === null ? 'any' : TYPES[type.name];
  return type.list ? { type: ours, list: true } : { type: ours };
}

/** True: a wire parses text into a list of anything, which then is an object in it. */
export function parsesItems(type: RawType, convert: string | null): boolean {
  return convert === 'parse' && type.list && type.name === 'object';
}

/** The type of an input at the end of a wire. */
export function wiredTypeOf(type: RawType, convert: string | null): TypeRef {
  return parsesItems(type, convert) ? { type: 'object', list: true } : typeOf(type);
}

/** The field of a signature, with its label and the properties of its struct. */
export function fieldOf(field: RawField, key = field.key, group = field.group): Field {
  return { ...labelledFieldOf(field, key, group), ...propertiesOf(field.type.members, 1) };
}

/** The field with its label: what the editor shows, where keys end in marks of the service. */
export function labelledFieldOf(field: RawField, key = field.key, group = field.group): Field {
  const label = textOf(field.metadata, 'displayname')?.trim();
  const plain = plainFieldOf(field, key, group);
  return label === undefined || label === '' || label === key ? plain : { ...plain, label };
}

/** The same, without what only editors care for. */
export function plainFieldOf(field: RawField, key = field.key, group = field.group): Field {
  return { key, ...(group === null ? {} : { group }), ...typeOf(field.type) };
}

/** The field of what is given on: one that is declared an object takes what comes, as the original does. */
export function givenFieldOf(field: RawField): Field {
  const plain = plainFieldOf(field);
  return plain.type === 'object' && plain.list !== true ? { ...plain, type: 'any' } : plain;
}

export function propertiesOf(members: JsonObject | null, level: number): { properties?: readonly Field[] } {
  if (members === null || level > MAX_LEVELS) return {};
  const properties = Object.entries(members).flatMap(([key, member]): Field[] => {
    if (isUnsafeKey(key) || key.trim() === '' || !isObject(member)) return [];
    const inner = isObject(member['type']) ? member['type'] : null;
    const name = inner ? 'object' : (TYPE_NAMES.find((known) => known === member['type']) ?? 'unknown');
    const list = member['collection'] === true;
    const label = textOf(member, 'displayname');
    return [
      {
        key,
        ...typeOf({ name, list, members: inner }),
        ...(label === undefined || label === '' || label === key ? {} : { label }),
        ...propertiesOf(inner, level + 1),
      },
    ];
  });
  return properties.length === 0 ? {} : { properties };
}

/** True when nothing was typed: null and the empty values all mean that. */
export function isUnset(data: unknown): boolean {
  if (data === null || data === undefined || data === '') return true;
  if (Array.isArray(data)) return data.length === 0;
  return isObject(data) && Object.keys(data).length === 0;
}
