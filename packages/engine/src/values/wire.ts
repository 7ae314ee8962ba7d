/** Lossless encoding of values as JSON, for journals and other stores. */
import { ConversionError } from '../errors.js';
import { MAX_DEPTH, tooDeep } from './depth.js';
import { isPlainObject, setOwn } from './object.js';
import { FileRef, FlowRef, type JsonData, type Value } from './types.js';

/**
 * What JSON cannot say is an object with one key, the tag:
 *
 * - `{"$date": "2024-05-01T09:00:00.000Z"}`
 * - `{"$file": {"id", "name", "size", "mediaType"}}`
 * - `{"$flow": {"id", "name"}}`
 * - `{"$number": "-0" | "NaN" | "Infinity" | "-Infinity"}`
 * - `{"$object": {...}}`: an object of a flow that would itself look like one of these.
 */
const TAGS: ReadonlySet<string> = new Set(['$date', '$file', '$flow', '$number', '$object']);

/** Lists, objects and scalars that one value may hold. Values that share parts grow when they are written out. */
const MAX_NODES = 10_000_000;

/**
 * Encodes a value so that `decodeValue(JSON.parse(JSON.stringify(json)))` gives it back. Parts without dates, files and
 * the like are not copied.
 *
 * @throws ConversionError (`conversion`) when the value nests deeper than 1000 levels, contains itself, is too large,
 * or holds what is no value.
 * @example
 * encodeValue({ at: new Date(0) }); // { at: { $date: '1970-01-01T00:00:00.000Z' } }
 */
export function encodeValue(value: Value | undefined): JsonData {
  return encode(value, 0, { nodes: MAX_NODES });
}

/** What `decodeValue` needs for values that JSON cannot stand for by itself. */
export interface DecodeOptions {
  /** Finds the flow of an encoded flow reference. Without it such a reference is an error. */
  readonly flow?: (id: string) => FlowRef;
}

/**
 * Decodes what {@link encodeValue} gave. Never changes `json`; parts without tags are not copied.
 *
 * @throws ConversionError (`conversion`) when it is no such encoding, or nests too deep.
 */
export function decodeValue(json: unknown, options: DecodeOptions = {}): Value {
  return decode(json, 0, options);
}

interface WireBudget {
  nodes: number;
}

function encode(value: unknown, depth: number, budget: WireBudget): JsonData {
  if (--budget.nodes < 0) throw new ConversionError('The value is too large to be encoded.');
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0) ? value : { $number: value === 0 ? '-0' : String(value) };
    case 'undefined':
      return null;
  }
  if (value === null) return null;
  if (depth >= MAX_DEPTH) throw tooDeep();
  if (Array.isArray(value)) return mapItems(value, (item) => encode(item, depth + 1, budget));
  if (isPlainObject(value)) {
    const object = mapProperties(value, (item) => encode(item, depth + 1, budget));
    return tagOf(value) === null ? object : { $object: object };
  }
  return encodeSpecial(value);
}

function encodeSpecial(value: unknown): JsonData {
  if (value instanceof Date && !Number.isNaN(value.getTime())) return { $date: value.toISOString() };
  if (value instanceof FileRef) {
    const { id, name, size, mediaType } = value;
    return { $file: { id, name, size, mediaType } };
  }
  if (value instanceof FlowRef) return { $flow: { id: value.id, name: value.name } };
  throw new ConversionError(`A JavaScript ${typeof value} that is no Flowdeck value cannot be encoded.`, {
    hint: 'Use texts, numbers, booleans, dates, files, and lists and objects of them.',
  });
}

function decode(json: unknown, depth: number, options: DecodeOptions): Value {
  switch (typeof json) {
    case 'string':
    case 'boolean':
    case 'number':
      return json;
  }
  if (json === null) return null;
  if (depth >= MAX_DEPTH) throw tooDeep();
  if (Array.isArray(json)) return mapItems(json, (item) => decode(item, depth + 1, options));
  if (!isPlainObject(json)) throw malformed();
  const tag = tagOf(json);
  if (tag === null) return mapProperties(json, (item) => decode(item, depth + 1, options));
  return decodeTagged(tag, json[tag], depth, options);
}

function decodeTagged(tag: string, content: unknown, depth: number, options: DecodeOptions): Value {
  switch (tag) {
    case '$date': {
      const date = new Date(typeof content === 'string' ? content : Number.NaN);
      if (Number.isNaN(date.getTime())) throw malformed();
      return date;
    }
    case '$number':
      if (content === '-0' || content === 'NaN' || content === 'Infinity' || content === '-Infinity')
        return Number(content);
      throw malformed();
    case '$object':
      if (!isPlainObject(content)) throw malformed();
      return mapProperties(content, (item) => decode(item, depth + 1, options));
    case '$file':
      return decodeFile(content);
    default:
      return decodeFlow(content, options);
  }
}

function decodeFile(content: unknown): FileRef {
  if (!isPlainObject(content)) throw malformed();
  const { id, name, size, mediaType } = content;
  if (typeof id !== 'string' || typeof name !== 'string') throw malformed();
  if (typeof size !== 'number' && size !== null) throw malformed();
  if (typeof mediaType !== 'string' && mediaType !== null) throw malformed();
  return new FileRef(id, name, size, mediaType);
}

function decodeFlow(content: unknown, options: DecodeOptions): FlowRef {
  if (!isPlainObject(content) || typeof content.id !== 'string') throw malformed();
  if (!options.flow) throw new ConversionError('A stored flow reference cannot be read here: no flows are known.');
  return options.flow(content.id);
}

/** The tag of an object that has one key, which is a tag. */
function tagOf(object: object): string | null {
  let tag: string | null = null;
  for (const key in object) {
    if (!Object.hasOwn(object, key)) continue;
    if (tag !== null || !TAGS.has(key)) return null;
    tag = key;
  }
  return tag;
}

/** The list itself when no item changes. An item that `map` gives back unchanged is a T: that is what the casts rest on. */
function mapItems<T>(list: readonly unknown[], map: (item: unknown) => T): readonly T[] {
  let copy: T[] | null = null;
  for (let index = 0; index < list.length; index++) {
    const item = list[index];
    const mapped = map(item);
    if (copy === null && mapped !== item) copy = list.slice(0, index) as T[]; // see above
    copy?.push(mapped);
  }
  return copy ?? (list as readonly T[]); // see above
}

/** The same for an object. Key order stays. */
function mapProperties<T>(
  object: { readonly [key: string]: unknown },
  map: (item: unknown) => T,
): { readonly [key: string]: T } {
  let copy: { [key: string]: T } | null = null;
  const keys = Object.keys(object);
  for (const [index, key] of keys.entries()) {
    const item = object[key];
    const mapped = map(item);
    if (copy === null && mapped !== item) {
      copy = {};
      for (const before of keys.slice(0, index)) setOwn(copy, before, object[before] as T); // see above
    }
    if (copy !== null) setOwn(copy, key, mapped);
  }
  return copy ?? (object as { readonly [key: string]: T }); // see above
}

function malformed(): ConversionError {
  return new ConversionError('The stored value is malformed.', {
    hint: 'It was written by another version, or changed since.',
  });
}
