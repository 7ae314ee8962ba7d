/** Our types as theirs, and the conversions that wires between them carry. */
import type { Field, FieldType, TypeRef, Value } from '@flowdeck/engine';
import { type JsonObject, sameJson } from '../json.js';

/** `type` and `collection` of a value. A struct is an object of its members. */
export interface ForeignType {
  readonly type: string | JsonObject;
  readonly collection: boolean;
}

export const TEXT: ForeignType = { type: 'string', collection: false };
export const NUMBER: ForeignType = { type: 'number', collection: false };
export const OBJECT: ForeignType = { type: 'object', collection: false };
export const FLOW: ForeignType = { type: 'flo', collection: false };

const NAMES: Readonly<Record<FieldType, string>> = {
  text: 'string',
  number: 'number',
  boolean: 'boolean',
  date: 'Date',
  object: 'object',
  file: 'file',
  flow: 'flo',
  any: 'object',
};

export function foreignType(field: TypeRef & Pick<Field, 'properties'>): ForeignType {
  const { properties } = field;
  const isStruct = field.type === 'object' && properties !== undefined && properties.length > 0;
  return { type: isStruct ? structOf(properties) : NAMES[field.type], collection: field.list === true };
}

function structOf(properties: readonly Field[]): JsonObject {
  return Object.fromEntries(
    properties.map((property) => [
      property.key,
      { ...foreignType(property), ...(property.label === undefined ? {} : { displayname: property.label }) },
    ]),
  );
}

/** The type of a literal. */
export function literalType(value: Value): ForeignType {
  const collection = Array.isArray(value);
  const sample: unknown = collection ? value[0] : value;
  const name =
    typeof sample === 'string' || typeof sample === 'number' || typeof sample === 'boolean' ? typeof sample : null;
  return {
    type: name ?? (sample === null || sample === undefined ? (collection ? 'object' : 'string') : 'object'),
    collection,
  };
}

/** What a field of the type holds when nothing was typed. */
export function emptyData({ type, collection }: ForeignType): unknown {
  if (collection) return [];
  switch (type) {
    case 'string':
    case 'Date':
      return '';
    case 'number':
      return 0;
    case 'boolean':
      return false;
    case 'file':
    case 'flo':
      return null;
    default:
      return {};
  }
}

export interface Conversion {
  readonly convert: string;
  readonly forceWrapArray: boolean;
}

/** Null: none is needed. `'never'`: there is none. */
export function conversionOf(from: ForeignType, to: ForeignType): Conversion | null | 'never' {
  const [source, target] = [baseOf(from), baseOf(to)];
  if (from.collection === to.collection && source === target) return null;
  if (to.collection) {
    if (from.collection) return 'never';
    if (source === target) return { convert: 'wrapArray', forceWrapArray: false };
    const inner = scalarConversion(source, target);
    return inner === null ? 'never' : { convert: inner, forceWrapArray: true };
  }
  if (from.collection) return target === 'string' ? { convert: 'stringify', forceWrapArray: false } : 'never';
  const convert = scalarConversion(source, target);
  return convert === null ? 'never' : { convert, forceWrapArray: false };
}

/** A struct is an object. */
function baseOf({ type }: ForeignType): string {
  return typeof type === 'string' ? type : 'object';
}

const CONVERSIONS: Readonly<Record<string, string>> = {
  'string>object': 'parse',
  'string>Date': 'dateTime',
  'string>number': 'parseFloat',
  'object>string': 'stringify',
  'number>string': 'toString',
  'Date>string': 'isoString',
  'boolean>string': 'booleanToString',
};

function scalarConversion(from: string, to: string): string | null {
  return CONVERSIONS[`${from}>${to}`] ?? null;
}

export function sameType(a: ForeignType, b: ForeignType): boolean {
  return a.collection === b.collection && sameJson(a.type, b.type);
}
