/** Packs: each member of a declaration, and what it may be. */

import type { Diagnostic } from '../../diagnostic.js';
import { childOf, quoted } from '../../document/members.js';
import { isPlainObject, isUnsafeKey } from '../../values/index.js';
import type { Pack } from '../pack-type.js';
import { checkCardType, namespaceOf } from './card.js';
import { type DeclarationCode, DeclarationSpot } from './declaration-spot.js';
import {
  checkMembers,
  describeValue,
  type Member,
  optional,
  plainList,
  reportUnsafe,
  required,
  type Unchecked,
} from './members.js';
import { words } from './scalars.js';

/** What stands before the dot of a card in a document, and the key of a connector: as in the schema of the flow file. */
const NAMESPACE = /^[A-Za-z_][A-Za-z0-9_-]{0,63}$/;
/** semver.org: three numbers, then perhaps a pre-release and a build. */
const VERSION =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?(\+[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$/;

const PACK: Readonly<Record<keyof Pack, Member>> = {
  name: required(words, 'Add "name": that of the npm package.'),
  namespace: required(checkNamespaces, 'Add "namespace": "acme", under which its cards stand.'),
  version: required(checkVersion, 'Add "version": "1.0.0"; documents ask for it with "requires".'),
  cards: optional(checkPackCards),
  hosts: optional(checkHosts),
  connectors: optional(checkConnectors),
  proofs: optional(checkProofs),
};

/** Everything that is wrong with the declaration of a pack; pointers lead into it. */
export function checkPack(pack: unknown): readonly Diagnostic<DeclarationCode>[] {
  const found: Diagnostic<DeclarationCode>[] = [];
  checkMembers(pack, DeclarationSpot.top(found), 'a pack', PACK);
  return found;
}

function checkNamespaces(value: unknown, spot: DeclarationSpot): void {
  if (!Array.isArray(value)) checkNamespace(value, spot);
  else if (value.length === 0) spot.fault('declaration-value', 'The list is empty.', 'Name at least one namespace.');
  else for (const [index, one] of value.entries()) checkNamespace(one, spot.at(index));
}

function checkNamespace(value: unknown, spot: DeclarationSpot): void {
  if (typeof value === 'string' && isUnsafeKey(value)) reportUnsafe(value, spot);
  else if (typeof value !== 'string' || !NAMESPACE.test(value)) {
    const given = typeof value === 'string' ? quoted(value) : describeValue(value);
    spot.fault(
      'declaration-name',
      `${given} is not a namespace.`,
      'Use letters, digits, underscores and hyphens, at most 64; begin with a letter.',
    );
  }
}

function checkVersion(value: unknown, spot: DeclarationSpot): void {
  if (typeof value === 'string' && VERSION.test(value)) return;
  const given = typeof value === 'string' ? quoted(value) : describeValue(value);
  spot.fault('declaration-value', `${given} is not a semantic version.`, 'Write three numbers, such as "1.0.0".');
}

/** A name of DNS in small letters, or an address; a star may stand for what is before the first dot. */
const HOST = /^(?:\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:\d{1,5})?$/;

function checkHosts(value: unknown, spot: DeclarationSpot): void {
  for (const [index, host] of (plainList(value, spot) ?? []).entries()) {
    if (typeof host === 'string' && host.length <= 253 && HOST.test(host)) continue;
    const given = typeof host === 'string' ? quoted(host) : describeValue(host);
    spot
      .at(index)
      .fault(
        'declaration-value',
        `${given} is not a host.`,
        'Write "api.acme.com" or "*.acme.com": no scheme, no path.',
      );
  }
}

function checkPackCards(value: unknown, spot: DeclarationSpot, pack: Unchecked): void {
  const ids = new Map<string, number>();
  for (const [index, card] of (plainList(value, spot) ?? []).entries()) {
    const here = spot.at(index);
    checkCardType(card, here);
    const id = childOf(card, 'id');
    if (typeof id !== 'string') continue;
    const first = ids.get(id);
    if (first === undefined) ids.set(id, index);
    else {
      const message = `The card ${quoted(id)} is declared already, at ${spot.at(first).pointer}.`;
      here.ofCard(id).at('id').fault('declaration-duplicate', message, 'Give it another id, or remove one of the two.');
    }
    const namespace = namespaceOf(id);
    if (namespace !== null) checkOwner(namespace, `The card ${quoted(id)}`, here.ofCard(id).at('id'), pack);
  }
}

/** Connectors are documents, which the engine reads with all their faults; only what the pack promises is checked here. */
function checkConnectors(value: unknown, spot: DeclarationSpot, pack: Unchecked): void {
  for (const [index, source] of (plainList(value, spot) ?? []).entries()) {
    const here = spot.at(index);
    const deck = documentOf(source);
    if (typeof deck !== 'object' || deck === null) {
      here.fault(
        'declaration-shape',
        `${describeValue(source)} is not a connector.`,
        'Give its document, as object or JSON.',
      );
      continue;
    }
    const key = childOf(childOf(deck, 'connector'), 'key');
    if (typeof key === 'string') checkOwner(key, `The connector ${quoted(key)}`, here.at('connector').at('key'), pack);
  }
}

function checkProofs(value: unknown, spot: DeclarationSpot, pack: Unchecked): void {
  if (!isPlainObject(value)) {
    spot.fault('declaration-shape', `${describeValue(value)} is no object.`, 'Write { "acme.signature": isSigned }.');
    return;
  }
  for (const [name, proof] of Object.entries(value)) {
    const here = spot.at(name);
    if (typeof proof !== 'function')
      here.fault('declaration-shape', `${describeValue(proof)} is no proof.`, 'Write (delivery) => boolean.');
    const namespace = namespaceOf(name);
    if (namespace !== null) checkOwner(namespace, `The proof ${quoted(name)}`, here, pack);
    else here.fault('declaration-name', `${quoted(name)} has no namespace.`, 'Name it as a card: "acme.signature".');
  }
}

function documentOf(source: unknown): unknown {
  if (typeof source !== 'string') return source;
  try {
    return JSON.parse(source);
  } catch {
    // Not JSON at all: the engine says where.
    return {};
  }
}

function checkOwner(namespace: string, what: string, spot: DeclarationSpot, { namespace: declared }: Unchecked): void {
  const namespaces: readonly unknown[] = Array.isArray(declared) ? declared : [declared];
  if (declared === undefined || namespaces.includes(namespace)) return;
  spot.fault(
    'declaration-name',
    `${what} stands outside the pack's namespace.`,
    `Begin it with ${namespaces.map((one) => quoted(String(one))).join(' or ')}, or add ${quoted(namespace)} to "namespace".`,
  );
}
