/** How long values are as JSON text, without writing it. */
import { MAX_DEPTH } from './depth.js';

/** Lists and objects that are counted before those that stand in many places are remembered: most values pay nothing. */
const FREE_PARTS = 10_000;

/**
 * Characters of a value as JSON text, about: escapes are not counted, dates, files and the like are taken to be short. A part
 * that stands in many places counts in each, as it is written in each. Above `most`: anything above; infinite when the
 * value nests deeper than 1000 levels or contains itself.
 */
export function jsonLength(value: unknown, most: number): number {
  if (typeof value !== 'object' || value === null) return scalarLength(value);
  const flat = Array.isArray(value) ? null : flatLength(value);
  return flat ?? lengthAt(value, most, 0, { parts: 0, known: null });
}

/** Of what most runs give: a few members, none of which holds others. Null: one does. */
function flatLength(value: object): number | null {
  const members = value as Readonly<Record<string, unknown>>; // of any object a member may be asked
  let length = 2;
  // Values inherit no members that a loop would meet.
  for (const key in members) {
    const member = members[key];
    if (typeof member === 'object' && member !== null) return null;
    length += key.length + 4 + scalarLength(member);
  }
  return length;
}

interface Counting {
  parts: number;
  /** Lengths of lists and objects; null while few were seen. */
  known: Map<object, number> | null;
}

function lengthAt(value: unknown, most: number, depth: number, counting: Counting): number {
  if (typeof value !== 'object' || value === null) return scalarLength(value);
  const known = counting.known?.get(value);
  if (known !== undefined) return known;
  if (depth >= MAX_DEPTH) return Number.POSITIVE_INFINITY;
  if (++counting.parts > FREE_PARTS) counting.known ??= new Map();
  let length = 2;
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length && length <= most; at++) {
      const item: unknown = value[at];
      const isScalar = typeof item !== 'object' || item === null;
      length += 1 + (isScalar ? scalarLength(item) : lengthAt(item, most - length, depth + 1, counting));
    }
  } else {
    for (const key in value) {
      if (length > most) break;
      if (Object.hasOwn(value, key))
        length += key.length + 4 + lengthAt(Reflect.get(value, key), most - length, depth + 1, counting);
    }
  }
  counting.known?.set(value, length);
  return length;
}

function scalarLength(value: unknown): number {
  return typeof value === 'string' ? value.length + 2 : 4;
}
