/** What an import knows of a file before it reads the first flow: the names of all that flows refer to, and its cards. */
import type { CardType } from '@flowdeck/engine';
import { isUnsafeKey } from '@flowdeck/engine/kit';
import type { Diagnostics } from '../diagnostics.js';
import { graphsOf, isKind, type RawGraph, type RawPack } from '../read/index.js';
import { isFlowInput } from './binding.js';
import { counterpartsAmong } from './counterparts.js';
import type { DeckDraft } from './draft.js';
import { foreignIds, kindKey } from './foreign.js';
import { Names } from './names.js';
import { signaturesOf } from './signatures.js';

export function openDeck(
  pack: RawPack,
  found: Diagnostics,
  catalog: ReadonlyMap<string, CardType>,
  missing: Map<string, string>,
): DeckDraft {
  const names = new Names();
  const flowIds = new Map(pack.flows.map((flow) => [flow.id, names.claim(flow.name, 'flow')]));
  const tableNames = new Names();
  const tableIds = new Map(pack.tables.map((table) => [table.id, tableNames.claim(table.name, 'table')]));
  const ids = foreignIds(pack, catalog);
  const foreignId: DeckDraft['foreignId'] = ({ kind }) => ids.get(kindKey(kind)) ?? `${kind.namespace}.${kind.name}`;
  const counterparts = counterpartsAmong(catalog.values());
  const mapping: DeckDraft['mapping'] = ({ kind }) => counterparts.of(kind);
  const signatures = signaturesOf(pack, (card) => (mapping(card) || isStructural(card) ? null : foreignId(card)));
  return {
    pack,
    found,
    catalog,
    signatures,
    counterparts,
    mapping,
    foreignId,
    flowIds,
    namesFlows: pack.flows.some(({ graph }) => graph !== null && [...graphsOf(graph)].some(namesFlows)),
    tableIds,
    connectionNames: connectionNames(pack),
    missingFlow(foreign) {
      const known = missing.get(foreign);
      if (known !== undefined) return known;
      const id = names.claim(`missing ${foreign.slice(0, 8)}`, 'missingFlow');
      missing.set(foreign, id);
      return id;
    },
  };
}

/** An Export Flow whose flow is not chosen in the editor. */
function namesFlows({ cards, pins }: RawGraph): boolean {
  return [...cards.values()].some(
    (card) =>
      isKind(card, 'utility:exportFlo') &&
      card.inputs.some((input) => isFlowInput(input) && pins.get(card.id)?.has(input.id) === true),
  );
}

function isStructural(card: Parameters<typeof isKind>[0]): boolean {
  return ['control:callable', 'control:join', 'control:noop', 'object:expand', 'http:accept', 'http:delegated'].some(
    (kind) => isKind(card, kind),
  );
}

/**
 * Connections are named as their owner named them; two of one name are told apart by their connector, and so is one whose
 * name no property may have.
 */
function connectionNames(pack: RawPack): Map<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const config of pack.configs.values()) {
    const own = [config.name, `${config.name} (${config.module})`].find((name) => !isUnsafeKey(name));
    const stem = config.name.trim() === '' ? config.module || 'connection' : (own ?? 'connection');
    let name = taken.has(stem) && config.module !== '' ? `${stem} (${config.module})` : stem;
    for (let count = 2; taken.has(name); count++) name = `${stem} ${count}`;
    taken.add(name);
    names.set(config.id, name);
  }
  return names;
}
