/** How the fields of a foreign card and of ours correspond. For the standard library the mappings are data, in `../cards`. */
import type { CardMapping } from '../cards/card-mapping.js';
import { CARD_TABLES } from '../cards/index.js';
import { kindName, type RawKind } from '../read/index.js';

/** Channels that are part of the platform and not an outside service. */
const PLATFORM: ReadonlySet<string> = new Set(['stash', 'httpfunctions', 'filefunctions']);

const MAPPINGS: ReadonlyMap<string, CardMapping> = new Map(CARD_TABLES.flatMap((table) => Object.entries(table)));

/** The card of the standard library that a foreign card is; null when there is none. */
export function standardMapping(kind: RawKind): CardMapping | null {
  if (kind.channel !== null && !PLATFORM.has(kind.channel)) return null;
  return MAPPINGS.get(kindName(kind)) ?? null;
}

/** The card type that stands for a structure of the format (a branch, a try, a comment), whatever cards the host has. */
export function structureOf(kind: RawKind): string {
  return standardMapping(kind)?.card ?? `${kind.namespace}.${kind.name}`;
}

/** Our name of a foreign output, or the other way round when the entries are turned. */
export function mappedName(entries: Iterable<readonly [string, string]>, name: string): string | null {
  const slash = name.indexOf('/');
  const group = slash > 0 ? `${name.slice(0, slash)}/*` : null;
  for (const [from, to] of entries) {
    if (from === name) return to;
    if (from === group) return to.replace('*', () => name.slice(slash + 1));
  }
  return null;
}

/** All mappings, by foreign name. */
export function mappings(): ReadonlyMap<string, CardMapping> {
  return MAPPINGS;
}

export function isPlatform(channel: string): boolean {
  return PLATFORM.has(channel);
}

/** First part of the ids of cards that have a counterpart: no connector may take one of these. */
export const TAKEN_NAMESPACES: ReadonlySet<string> = new Set(
  [...MAPPINGS.values()].map((mapping) => mapping.card.slice(0, mapping.card.indexOf('.'))),
);
