/** Reads the parts that a connector declares: texts out of a delivery, and out of what is known of its sender. */
import { createHmac } from 'node:crypto';
import type { JsonData } from '@flowdeck/engine';
import { type DeliveryCondition, type DeliveryPart, parsePointer } from '@flowdeck/engine/kit';
import { type Delivery, isObject } from './delivery.js';

/** What parts are read from. */
export interface PartSource {
  readonly delivery: Delivery;
  /** One of the items; undefined: none is looked at. */
  readonly item?: JsonData | undefined;
  /** What the register flow gave. */
  readonly registration: JsonData;
  /** Values of the connection. */
  readonly connection: JsonData;
  /** Secrets that are valid now, the latest first. */
  readonly secrets: readonly Uint8Array[];
}

/** All texts that a part stands for: several, where it is a list; none, where it is not there. */
export function textsOf(part: DeliveryPart, source: PartSource): readonly string[] {
  const text = part.hmac === undefined ? plainText(part, source) : mac(part.hmac, source);
  if (text === null) return [];
  const { prefix, list } = part;
  if (prefix !== undefined && !text.startsWith(prefix)) return [];
  const bare = prefix === undefined ? text : text.slice(prefix.length);
  return list === undefined ? [bare] : membersOf(bare, list);
}

/** The first of them. */
export function textOf(part: DeliveryPart, source: PartSource): string | null {
  return textsOf(part, source)[0] ?? null;
}

/** Joined as bytes: the raw body as it came. Null when one is not there. */
export function bytesOf(parts: readonly DeliveryPart[], source: PartSource): Uint8Array | null {
  const all: Uint8Array[] = [];
  for (const part of parts) {
    const text = part.from === 'raw' ? source.delivery.body : textOf(part, source);
    if (text === null) return null;
    all.push(typeof text === 'string' ? Buffer.from(text) : text);
  }
  return Buffer.concat(all);
}

export function holds({ of, equals }: DeliveryCondition, source: PartSource): boolean {
  const texts = textsOf(of, source);
  return equals === undefined ? texts.length > 0 : texts.includes(equals);
}

/** What a pointer leads to; undefined: nothing. Only what is a value's own. */
export function valueAt(value: JsonData, pointer: string): JsonData | undefined {
  let found: JsonData | undefined = value;
  for (const token of parsePointer(pointer)) {
    if (Array.isArray(found)) found = found[Number(token)];
    else found = isObject(found) && Object.hasOwn(found, token) ? found[token] : undefined;
  }
  return found;
}

function plainText({ text, from, name = '', path = '' }: DeliveryPart, source: PartSource): string | null {
  const { delivery } = source;
  if (text !== undefined) return text;
  switch (from) {
    case 'raw':
      return delivery.text;
    case 'header':
      return delivery.headers.get(name);
    case 'query':
      return delivery.url.searchParams.get(name);
    case 'method':
      return delivery.method;
    case 'url':
      return delivery.url.href;
    case 'body':
      return plainOf(valueAt(delivery.parsed, path));
    case 'item':
      return source.item === undefined ? null : plainOf(valueAt(source.item, path));
    case 'registration':
      return plainOf(valueAt(source.registration, path));
    case 'connection':
      return plainOf(valueAt(source.connection, path));
    case 'secret':
      return source.secrets[0] === undefined ? null : new TextDecoder().decode(source.secrets[0]);
    default:
      return null;
  }
}

/** Texts, numbers and booleans have a text; what is empty, and what is a list or an object, has none. */
function plainOf(value: JsonData | undefined): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

function membersOf(text: string, { separator, mark, tag }: NonNullable<DeliveryPart['list']>): readonly string[] {
  const members = text.split(separator).map((member) => member.trim());
  if (tag === undefined) return members;
  const start = `${tag}${mark ?? ''}`;
  return members.filter((member) => member.startsWith(start)).map((member) => member.slice(start.length));
}

function mac({ hash, encoding = 'hex', of }: NonNullable<DeliveryPart['hmac']>, source: PartSource): string | null {
  const [secret] = source.secrets;
  const bytes = bytesOf(of, source);
  return secret === undefined || bytes === null ? null : createHmac(hash, secret).update(bytes).digest(encoding);
}
