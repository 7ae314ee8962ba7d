/** Reads one field of a card. */
import { isUnsafeKey } from '@flowdeck/engine/kit';
import { brief, isObject, type JsonObject, member, type Spot, textOf } from '../json.js';
import { type RawField, type RawGraph, type RawProxy, type RawType, TYPE_NAMES } from './model.js';
import type { Reading } from './reading.js';

/** The fields of one side of a card, by display order. */
export function readFields(side: unknown, spot: Spot, reading: Reading, depth: number): RawField[] {
  const data = member(side, 'data');
  if (data === undefined) return [];
  if (!isObject(data)) {
    reading.wrong(spot.at('data'), 'an object of fields');
    return [];
  }
  const fields: RawField[] = [];
  for (const key of Object.keys(data)) {
    const field = readField(key, data[key], spot.at('data', key), reading, depth);
    if (field) fields.push(field);
  }
  return inOrder(fields);
}

/** By `metadata.index`; a field without one stays behind the field that it follows in the file. */
function inOrder(fields: readonly RawField[]): RawField[] {
  let last = -1;
  const ranked = fields.map((field, position) => {
    last = field.index ?? last;
    return { field, rank: last, position };
  });
  return ranked.sort((a, b) => a.rank - b.rank || a.position - b.position).map(({ field }) => field);
}

function readField(id: string, raw: unknown, spot: Spot, reading: Reading, depth: number): RawField | null {
  if (!isObject(raw)) {
    reading.wrong(spot, 'a field');
    return null;
  }
  const key = raw['key'];
  if (typeof key !== 'string' || key === '') {
    reading.wrong(spot.at('key'), 'the name of a field');
    return null;
  }
  const group = raw['group'] ?? null;
  const unfit = [key, group].find((name) => typeof name === 'string' && (isUnsafeKey(name) || name.trim() === ''));
  if (unfit !== undefined) {
    // Whatever is wired to it is told, too.
    const part = unfit === key ? 'key' : 'group';
    const message = `${brief(unfit)} cannot be the name of ${part === 'key' ? 'a field' : 'a group of fields'}.`;
    reading.found.add('error', 'unsafe-key', spot.at(part), message, 'Rename it in the editor.');
    return null;
  }
  if (group !== null && typeof group !== 'string') reading.wrong(spot.at('group'), 'text or null');
  if (raw['id'] !== undefined && raw['id'] !== id) {
    reading.found.add(
      'warning',
      'id-mismatch',
      spot.at('id'),
      `The field stands under "${id}" and names itself ${brief(raw['id'])}.`,
    );
  }
  if (!isObject(raw['value'])) reading.wrong(spot.at('value'), 'an object with type, collection and data');
  const value = isObject(raw['value']) ? raw['value'] : {};
  const metadata = isObject(raw['metadata']) ? raw['metadata'] : {};
  const type = readType(value, spot.at('value'), reading);
  const data = value['data'] ?? null;
  const index = metadata['index'];
  return {
    id,
    group: typeof group === 'string' ? group : null,
    key,
    type,
    data,
    block: readBlock(type, data, spot.at('value', 'data'), reading, depth),
    proxy: readProxy(value['proxy']),
    forPolicy: value['error'] === true,
    isParameter: raw['flags'] === 'p',
    metadata,
    index: typeof index === 'number' ? index : null,
    raw,
    spot,
  };
}

function readType(value: JsonObject, spot: Spot, reading: Reading): RawType {
  const { type } = value;
  const list = value['collection'] === true;
  if (isObject(type)) return { name: 'object', list, members: type };
  const name = TYPE_NAMES.find((known) => known === type);
  if (name !== undefined) return { name, list, members: null };
  if (type !== undefined || Object.keys(value).length > 0) {
    reading.found.add(
      'warning',
      'unknown-type',
      spot.at('type'),
      `${brief(type)} is not a known type; the field takes anything.`,
      `Known: ${TYPE_NAMES.join(', ')}, or an object with the properties.`,
    );
  }
  return { name: 'unknown', list, members: null };
}

function readBlock(type: RawType, data: unknown, spot: Spot, reading: Reading, depth: number): RawGraph | null {
  return type.name === 'flo' && isObject(data) ? reading.block(data, spot, depth + 1) : null;
}

function readProxy(proxy: unknown): RawProxy | null {
  if (!isObject(proxy)) return null;
  return { dynamic: proxy['dynamic'] === true, path: textOf(proxy, 'path') ?? '' };
}
