/** Conversions at fields: whoever declares a field says what its type means. */
import { type Converter, converter, parseJsonText, type TypeRef, type Value, wireConverter } from '../values/index.js';

/** How values become what a field asks for. */
export interface FieldConversion {
  /** Of a value that nobody has looked at. */
  readonly whole: (to: TypeRef) => Converter;
  /** What is left to do to a value of a type. Null: nothing; `never`: it cannot be done. */
  readonly wire: (from: TypeRef, to: TypeRef) => Converter | null | 'never';
}

/** At fields that a card declares. */
export const BY_CARD: FieldConversion = { whole: converter, wire: wireConverter };

/** At fields that the author of a flow declares: there "object" is what JSON calls an object or a list. */
export const BY_AUTHOR: FieldConversion = { whole: authorConverter, wire: authorWire };

/** As `converter`; one that makes an object takes a list as it comes, and JSON text of one. */
export function authorConverter(to: TypeRef): Converter {
  return isObjectType(to) ? toStructure : converter(to);
}

/** As `wireConverter`, for a field that an author declares. */
function authorWire(from: TypeRef, to: TypeRef): Converter | null | 'never' {
  if (!isObjectType(to)) return wireConverter(from, to);
  if (from.list) return null;
  const convert = wireConverter(from, to);
  return convert === null || convert === 'never' ? convert : authorConverter(to);
}

function toStructure(value: unknown): Value {
  if (isList(value)) return value;
  return (typeof value === 'string' ? bracketedList(value) : null) ?? converter(OBJECT)(value);
}

const OBJECT: TypeRef = { type: 'object' };

function isObjectType({ type, list }: TypeRef): boolean {
  return type === 'object' && list !== true;
}

function isList(value: unknown): value is readonly Value[] {
  return Array.isArray(value);
}

/** What else starts with a bracket is left to the conversion to an object, whose error says what is wrong. */
function bracketedList(text: string): Value | null {
  const json = text.trim();
  return json.startsWith('[') && json.endsWith(']') ? parseJsonText(json) : null;
}
