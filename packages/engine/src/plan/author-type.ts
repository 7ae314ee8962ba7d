/** Conversions at fields that authors of flows declare. To them "object" is what JSON calls an object or a list. */
import { type Converter, converter, parseJsonText, type TypeRef, type Value, wireConverter } from '../values/index.js';

/** As `converter`; one that makes an object takes a list as it comes, and JSON text of one. */
export function authorConverter(to: TypeRef): Converter {
  return isObjectType(to) ? toStructure : converter(to);
}

/** As `wireConverter`, for a field that an author declares. */
export function authorWire(from: TypeRef, to: TypeRef): Converter | null | 'never' {
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
