/** Ids for cards that have no counterpart: `<channel>.<card>`, without the hashes of custom connectors. */

import type { CardType } from '@flowdeck/engine';
import { graphsOf, kindName, type RawKind, type RawPack } from '../read/index.js';
import { isPlatform, platformNamespaces } from './platform.js';

const HASH = /_[0-9a-f]{32}$/;
const SUFFIX = /_[A-Za-z0-9_-]{8,12}$/;

/** Ids by foreign name, unique in the file, and none that a card of the host has. */
export function foreignIds(pack: RawPack, catalog: ReadonlyMap<string, CardType>): ReadonlyMap<string, string> {
  const kinds = new Map<string, RawKind>();
  for (const flow of pack.flows) {
    if (!flow.graph) continue;
    for (const graph of graphsOf(flow.graph)) {
      for (const { kind } of graph.cards.values()) kinds.set(kindKey(kind), kind);
    }
  }
  const namespaces = new Map<string, string>();
  const ours = platformNamespaces(catalog.values());
  const ids = new Map<string, string>();
  const taken = new Set<string>();
  for (const [key, kind] of kinds) {
    const namespace = namespaceOf(kind, namespaces, ours);
    const short = `${namespace}.${word(HASH.test(kind.namespace) ? kind.name.replace(SUFFIX, '') : kind.name)}`;
    const isTaken = (id: string) => taken.has(id) || catalog.has(id);
    let id = isTaken(short) ? `${namespace}.${word(kind.name)}` : short;
    for (let count = 2; isTaken(id); count++) id = `${short}${count}`;
    taken.add(id);
    ids.set(key, id);
  }
  return ids;
}

/** Distinguishes a channel from a built-in namespace of the same name. */
export function kindKey(kind: RawKind): string {
  return `${kind.channel === null ? 'kernel' : 'channel'}:${kindName(kind)}`;
}

function namespaceOf(kind: RawKind, known: Map<string, string>, ours: ReadonlySet<string>): string {
  const key = `${kind.channel === null ? 'kernel' : 'channel'}:${kind.namespace}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const isService = kind.channel !== null && !isPlatform(kind.channel);
  const used = new Set(known.values());
  let name = plain(kind.namespace.replace(HASH, ''));
  if (isService && ours.has(name)) name = `${name}-connector`;
  if (used.has(name)) name = plain(kind.namespace);
  for (let count = 2; used.has(name); count++) name = `${plain(kind.namespace)}-${count}`;
  known.set(key, name);
  return name;
}

function plain(name: string): string {
  const cleaned = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return (/^[a-z]/.test(cleaned) ? cleaned : `x-${cleaned}`).slice(0, 60);
}

function word(name: string): string {
  const cleaned = name.replace(/[^A-Za-z0-9_-]+/g, '_');
  return (/^[A-Za-z]/.test(cleaned) ? cleaned : `x${cleaned}`).slice(0, 100);
}
