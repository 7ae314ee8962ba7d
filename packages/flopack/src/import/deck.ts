/** A whole export as a deck. */
import type { CardType, DeckDocument, Diagnostic, Field } from '@flowdeck/engine';
import type { CardSignature, DeckFlow, TableDocument } from '@flowdeck/engine/kit';
import { isUnsafeKey } from '@flowdeck/engine/kit';
import { Diagnostics } from '../diagnostics.js';
import type { JsonObject } from '../json.js';
import {
  graphsOf,
  isKind,
  type RawPack,
  type RawPin,
  type RawTable,
  type ReadOptions,
  readFlopack,
} from '../read/index.js';
import type { DeckDraft } from './draft.js';
import { type ImportedFlow, importFlow, missingFlow } from './flow.js';
import { foreignIds, kindKey } from './foreign.js';
import { mappingOf } from './mapping.js';
import { Names } from './names.js';
import type { SideFlow, SideTable } from './side-table.js';
import { signaturesOf } from './signatures.js';

export interface ImportOptions extends ReadOptions {
  /** Card types that the host has, such as `standard.cards`: what of an input is needed depends on them. */
  readonly cards?: readonly CardType[];
  /** True: what is sound is imported, whatever else is wrong. Default: any error means no document. */
  readonly lenient?: boolean;
  /** Where the originals go: `meta` (default) into `meta.flopack` of the deck, `apart` only into the result. */
  readonly originals?: 'meta' | 'apart';
}

/** How the wires of the file fared. */
export interface PinReport {
  readonly total: number;
  /** Those that became references, or lead to what the document says in another way. */
  readonly accounted: number;
}

export interface ImportResult {
  /** Null when the file has errors and `lenient` is not set. */
  readonly document: DeckDocument | null;
  readonly diagnostics: readonly Diagnostic[];
  /** The originals, for an export that changes nothing but what was edited. */
  readonly originals: SideTable | null;
  readonly pins: PinReport;
}

/**
 * Imports an export (`.flopack`, `.flow`, `.folder`): its text, or the value that the text stands for. It never throws.
 *
 * @example
 * const { document, diagnostics } = importFlopack(text, { cards: standard.cards });
 * if (document === null) throw new DocumentError(diagnostics);
 */
export function importFlopack(source: unknown, options: ImportOptions = {}): ImportResult {
  return importDraft(source, options).result;
}

/** An import, and what an export has to know of it. */
export interface ImportDraft {
  readonly result: ImportResult;
  readonly deck: DeckDraft | null;
  readonly flows: readonly ImportedFlow[];
}

export function importDraft(source: unknown, options: ImportOptions = {}): ImportDraft {
  const { pack, diagnostics } = readFlopack(source, options);
  if (pack === null) {
    const result = { document: null, diagnostics, originals: null, pins: { total: 0, accounted: 0 } };
    return { result, deck: null, flows: [] };
  }
  const found = new Diagnostics();
  const catalog = new Map((options.cards ?? []).map((card) => [card.id, card]));
  const missing = new Map<string, string>();
  const deck = draftOf(pack, found, catalog, missing);
  const flows = pack.flows.map((raw) => importFlow(raw, deck.flowIds.get(raw.id) ?? raw.id, deck));
  const originals = originalsOf(pack, flows);
  const document = documentOf(pack, deck, flows, missing, options.originals === 'apart' ? null : originals);
  const all = [...diagnostics, ...found.diagnostics];
  const isSound = options.lenient === true || !all.some((diagnostic) => diagnostic.severity === 'error');
  const pins = countPins(flows, found);
  const result = {
    document: isSound ? document : null,
    diagnostics: [...diagnostics, ...found.diagnostics],
    originals: isSound ? originals : null,
    pins,
  };
  return { result, deck, flows };
}

function draftOf(
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
  const mapping: DeckDraft['mapping'] = ({ kind }) => {
    const known = mappingOf(kind);
    return known && (catalog.size === 0 || catalog.has(known.card)) ? known : null;
  };
  const signatures = signaturesOf(pack, (card) => (mapping(card) || isStructural(card) ? null : foreignId(card)));
  return {
    pack,
    found,
    catalog,
    signatures,
    mapping,
    foreignId,
    flowIds,
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

function isStructural(card: Parameters<typeof isKind>[0]): boolean {
  return ['control:callable', 'control:join', 'control:noop', 'object:expand', 'http:accept', 'http:delegated'].some(
    (kind) => isKind(card, kind),
  );
}

/** Connections are named as their owner named them; two of one name are told apart by their connector. */
function connectionNames(pack: RawPack): Map<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const config of pack.configs.values()) {
    const stem = config.name.trim() === '' ? config.module || 'connection' : config.name;
    let name = taken.has(stem) && config.module !== '' ? `${stem} (${config.module})` : stem;
    for (let count = 2; taken.has(name); count++) name = `${stem} ${count}`;
    taken.add(name);
    names.set(config.id, name);
  }
  return names;
}

function documentOf(
  pack: RawPack,
  deck: DeckDraft,
  flows: readonly ImportedFlow[],
  missing: ReadonlyMap<string, string>,
  originals: SideTable | null,
): DeckDocument {
  const [group, other] = [...pack.groups.values()];
  const tables = pack.tables.map((table) => tableOf(table, deck));
  const meta = {
    ...(pack.configs.size === 0 ? {} : { connections: connectionsMeta(pack, deck) }),
    ...(deck.signatures.size === 0 ? {} : { cards: usedSignatures(flows, deck.signatures) }),
    ...(originals ? { flopack: originals } : {}),
  };
  return {
    flowdeck: 1,
    ...(group && !other ? { name: group.name } : {}),
    flows: [...flows.map(({ flow }) => flow), ...[...missing.values()].map((id): DeckFlow => missingFlow(id, id))],
    ...(tables.length === 0 ? {} : { tables }),
    ...(Object.keys(meta).length === 0 ? {} : { meta }),
  };
}

/** Which connector each connection belongs to. */
function connectionsMeta(pack: RawPack, deck: DeckDraft): Record<string, string> {
  return Object.fromEntries(
    [...pack.configs.values()].map((config) => [deck.connectionNames.get(config.id) ?? config.name, config.module]),
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

function tableOf(table: RawTable, deck: DeckDraft): TableDocument {
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

function originalsOf(pack: RawPack, flows: readonly ImportedFlow[]): SideTable {
  // A pack that was read has an object there.
  const { flos: _, ...data } = pack.raw['data'] as JsonObject;
  return {
    pack: { ...pack.raw, data },
    flows: Object.fromEntries(flows.map(({ flow, draft }): [string, SideFlow] => [flow.id, sideFlowOf(draft)])),
  };
}

function sideFlowOf(draft: ImportedFlow['draft']): SideFlow {
  const { spot, raw } = draft.raw;
  const root = spot.pointer.length;
  const cards = [...draft.ids].map(([card, id]) => [id, card.spot.pointer.slice(root)]);
  return { original: raw, cards: Object.fromEntries(cards) };
}

/** Wires into plumbing that nothing reads have no counterpart; any other wire that is not accounted for is reported. */
function countPins(flows: readonly ImportedFlow[], found: Diagnostics): PinReport {
  let total = 0;
  let accounted = 0;
  for (const { draft } of flows) {
    if (!draft.raw.graph) continue;
    for (const graph of graphsOf(draft.raw.graph)) {
      for (const inputs of graph.pins.values()) {
        for (const pin of [...inputs.values()].flat()) {
          total++;
          if (draft.accounted.has(pin) || leadsToPlumbing(pin)) accounted++;
          else found.add('warning', 'unused-wire', pin.spot, `The wire to "${pin.input.key}" has no effect.`);
        }
      }
    }
  }
  return { total, accounted };
}

function leadsToPlumbing(pin: RawPin): boolean {
  return isKind(pin.to, 'object:expand') || pin.input.group === 'context';
}
