/** The imported parts as one document. */
import type { DeckDocument, Field } from '@flowdeck/engine';
import { type CardSignature, type DeckFlow, isUnsafeKey, type TableDocument } from '@flowdeck/engine/kit';
import type { RawPack, RawTable } from '../read/index.js';
import type { DeckDraft } from './draft.js';
import { type ImportedFlow, missingFlow, withInputs } from './flow.js';
import type { SideTable } from './side-table.js';

export function documentOf(
  pack: RawPack,
  deck: DeckDraft,
  flows: readonly ImportedFlow[],
  missing: ReadonlyMap<string, string>,
  given: ReadonlyMap<string, readonly Field[]>,
  originals: SideTable | null,
): DeckDocument {
  const [group, other] = [...pack.groups.values()];
  const tables = pack.tables.map((table) => documentOfTable(table, deck));
  const meta = {
    ...(pack.configs.size === 0 ? {} : { connections: connectionsMeta(pack, deck) }),
    ...(deck.signatures.size === 0 ? {} : { cards: usedSignatures(flows, deck.signatures) }),
    ...(originals ? { flopack: originals } : {}),
  };
  return {
    flowdeck: 1,
    ...(group && !other ? { name: group.name } : {}),
    flows: [
      ...flows.map(({ flow }) => flow),
      ...[...missing.values()].map((id): DeckFlow => withInputs(missingFlow(id, id), given.get(id))),
    ],
    ...(tables.length === 0 ? {} : { tables }),
    ...(Object.keys(meta).length === 0 ? {} : { meta }),
  };
}

/** Which connector each connection belongs to. */
function connectionsMeta(pack: RawPack, deck: DeckDraft): Record<string, string> {
  return Object.fromEntries(
    [...pack.configs.values()].map((config) => [
      deck.connectionNames.get(config.id) ?? config.name,
      deck.counterparts.connectorOf(config.module),
    ]),
  );
}

function usedSignatures(flows: readonly ImportedFlow[], signatures: ReadonlyMap<string, CardSignature>) {
  const used = new Set<string>();
  const visit = (cards: DeckFlow['cards']) => {
    for (const card of cards) {
      used.add(card.card);
      for (const block of Object.values(card.blocks ?? {})) visit(block.cards);
    }
  };
  for (const { flow } of flows) visit(flow.cards);
  return Object.fromEntries([...signatures].filter(([id]) => used.has(id)));
}

const COLUMN_TYPES: Readonly<Record<string, Field['type']>> = {
  str: 'text',
  dte: 'date',
  bln: 'boolean',
  dec: 'number',
};

function documentOfTable(table: RawTable, deck: DeckDraft): TableDocument {
  const id = deck.tableIds.get(table.id) ?? table.id;
  const columns = new Map<string, Field>();
  for (const { name, type } of table.columns) {
    if (name.trim() === '' || isUnsafeKey(name) || columns.has(name)) {
      deck.found.add(
        'error',
        'unsafe-key',
        table.spot,
        `Table "${table.name}" cannot have a column ${JSON.stringify(name)}.`,
      );
      continue;
    }
    columns.set(name, { key: name, type: COLUMN_TYPES[type] ?? 'text' });
  }
  return {
    id,
    ...(table.name === id ? {} : { name: table.name }),
    ...(table.description === '' ? {} : { description: table.description }),
    columns: [...columns.values()],
  };
}
