/** A document as an export. */
import type { CardType, DeckDocument, Diagnostic, FlowFile } from '@flowdeck/engine';
import { cardSignature, type DeckFlow, isDeck } from '@flowdeck/engine/kit';
import { Diagnostics } from '../diagnostics.js';
import { type Counterparts, counterpartsAmong } from '../import/counterparts.js';
import { type ImportDraft, importDraft } from '../import/deck.js';
import { isPlatform } from '../import/platform.js';
import { isSideTable, type SideTable } from '../import/side-table.js';
import { type JsonObject, type Mutable, member, objectAt, Spot, sameJson } from '../json.js';
import { FLAGS } from '../read/index.js';
import { kernel } from './bare-card.js';
import type { ExportDraft } from './draft.js';
import { writeFlow } from './flow.js';
import { Ids } from './ids.js';
import { reportLosses } from './losses.js';
import { routesOf } from './original.js';
import { patchFlow } from './patch.js';
import { writeTable } from './table.js';

/** How a document becomes an export file. */
export interface ExportOptions {
  /** Card types that the host has, such as `standard.cards`. Give the same as to the import. */
  readonly cards?: readonly CardType[];
  /** What an import with `originals: 'apart'` gave. Default: `meta.flopack` of the document. */
  readonly originals?: SideTable | null;
  /** Time of a new file, as ISO text. Default `1970-01-01T00:00:00.000Z`: the same document gives the same file. */
  readonly created?: string;
}

/** What came of writing an export. */
export interface ExportResult {
  /** Null when something cannot be said in the foreign format. */
  readonly flopack: JsonObject | null;
  /** What was lost or could not be said, with pointers into the document. */
  readonly diagnostics: readonly Diagnostic[];
  /** Ids of the flows that were written anew; all others are their originals, at most with small edits in place. */
  readonly rewritten: readonly string[];
}

/**
 * Writes a document as an export. Flows that were not edited since their import are written as they were; the
 * pointers of diagnostics lead into the document. It never throws for a document that `parseDocument` accepts.
 *
 * A checksum is dropped as soon as anything differs, for nobody can make a new one.
 *
 * @example
 * const { flopack, diagnostics } = exportFlopack(document, { cards: standard.cards });
 */
export function exportFlopack(document: FlowFile, options: ExportOptions = {}): ExportResult {
  const found = new Diagnostics();
  const deck: DeckDocument = isDeck(document) ? document : { flowdeck: 1, flows: [document] };
  const side = options.originals ?? sideTableOf(deck);
  const original = side ? importDraft(assemble(side), { cards: options.cards ?? [], lenient: true }) : null;
  const work = new DeckExport(deck, original, side, options, found);
  const flopack = work.write();
  // A file that is one flow has no list of them.
  const diagnostics = isDeck(document)
    ? found.diagnostics
    : found.diagnostics.map((each) => ({ ...each, pointer: each.pointer.replace(/^\/flows\/0/, '') }));
  return { flopack: found.failed ? null : flopack, diagnostics, rewritten: work.rewritten };
}

function sideTableOf(deck: DeckDocument): SideTable | null {
  const side = deck.meta?.['flopack'];
  return isSideTable(side) ? side : null;
}

/** The file that was imported. */
function assemble(side: SideTable): JsonObject {
  const flos = Object.fromEntries(
    Object.values(side.flows).map(({ original }) => [String(original['id'] ?? ''), original]),
  );
  return { ...side.pack, data: { ...objectAt(side.pack, 'data'), flos } };
}

class DeckExport {
  readonly rewritten: string[] = [];
  readonly #deck: DeckDocument;
  readonly #original: ImportDraft | null;
  readonly #side: SideTable | null;
  readonly #options: ExportOptions;
  readonly #found: Diagnostics;
  readonly #ids: Ids;
  readonly #counterparts: Counterparts;
  readonly #configs: Mutable;
  #isChanged = false;

  constructor(
    deck: DeckDocument,
    original: ImportDraft | null,
    side: SideTable | null,
    options: ExportOptions,
    found: Diagnostics,
  ) {
    this.#deck = deck;
    this.#original = original;
    this.#side = side;
    this.#options = options;
    this.#found = found;
    this.#counterparts = counterpartsAmong(options.cards ?? []);
    this.#ids = new Ids(`deck/${deck.name ?? ''}`);
    this.#configs = { ...this.#data('configs') };
  }

  #data(part: string): JsonObject {
    return objectAt(objectAt(this.#side?.pack, 'data'), part);
  }

  write(): JsonObject {
    const groups = this.#groups();
    const group = Object.keys(groups)[0] ?? '';
    const draft = this.#draft();
    const flos: Mutable = {};
    for (const [index, flow] of this.#deck.flows.entries()) {
      if (flow.meta?.['missing'] === true && this.#sideFlow(flow.id) === null) continue;
      const id = draft.flowIds.get(flow.id) ?? flow.id;
      flos[id] = this.#flow(flow, id, index, draft, group);
    }
    const tables = this.#tables(draft, group);
    if (Object.keys(flos).length !== Object.keys(this.#side?.flows ?? {}).length) this.#isChanged = true;
    const whole: JsonObject = { ...(this.#side?.pack ?? { ...NEW_PACK, created: this.#options.created ?? EPOCH }) };
    const file: Mutable = { ...whole, data: this.#filled({ configs: this.#configs, tables, groups, flos }) };
    if (this.#isChanged) delete file['checksum'];
    return file;
  }

  /** The parts at the places that they had. A part that the original left out stays away while there is nothing in it. */
  #filled(parts: Readonly<Record<string, JsonObject>>): JsonObject {
    if (this.#side === null) return parts;
    const before = objectAt(this.#side.pack, 'data');
    const needed = ([name, part]: [string, JsonObject]) => Object.hasOwn(before, name) || Object.keys(part).length > 0;
    return { ...before, ...Object.fromEntries(Object.entries(parts).filter(needed)) };
  }

  #sideFlow(id: string) {
    return this.#side && Object.hasOwn(this.#side.flows, id) ? (this.#side.flows[id] ?? null) : null;
  }

  #flow(flow: DeckFlow, id: string, index: number, draft: ExportDraft, group: string): unknown {
    const side = this.#sideFlow(flow.id);
    const imported = this.#original?.flows.find((candidate) => candidate.flow.id === flow.id) ?? null;
    if (side && imported && sameJson(imported.flow, flow)) return side.original;
    this.#isChanged = true;
    const spot = new Spot().at('flows', index);
    reportLosses(flow, imported?.flow ?? null, spot, this.#found);
    const patched = side && imported ? patchFlow(side.original, imported, flow) : null;
    if (patched) return patched;
    this.rewritten.push(flow.id);
    const context = {
      draft,
      ids: new Ids(`flow/${flow.id}`),
      links: imported?.draft.links ?? new Map(),
      routes: routesOf(imported),
      outputs: flow.outputs ?? [],
      spot,
    };
    return writeFlow(flow, id, context, group, imported);
  }

  #draft(): ExportDraft {
    const { deck } = this.#original ?? { deck: null };
    const flowIds = new Map(
      this.#deck.flows.map((flow) => {
        const original = this.#sideFlow(flow.id)?.original['id'];
        return [flow.id, typeof original === 'string' ? original : this.#ids.uuid()];
      }),
    );
    const known = new Map([...(deck?.tableIds ?? [])].map(([foreign, ours]) => [ours, foreign]));
    const tableIds = new Map(
      (this.#deck.tables ?? []).map((table) => [table.id, known.get(table.id) ?? this.#ids.uuid()]),
    );
    const catalog = new Map((this.#options.cards ?? []).map((card) => [card.id, card]));
    return {
      document: this.#deck,
      found: this.#found,
      catalog,
      flowIds,
      tableIds,
      connectionId: (name, connector) => this.#connectionId(name, connector),
      counterparts: this.#counterparts,
      signature: (cardId) => cardSignature(this.#deck, cardId),
      address: (cardId) => this.#address(cardId),
    };
  }

  #connectionId(name: string, connector: string): string {
    const known = [...(this.#original?.deck?.connectionNames ?? [])].find(([, ours]) => ours === name)?.[0];
    const own = Object.entries(this.#configs).find(([, config]) => member(config, 'name') === name)?.[0];
    const id = known ?? own ?? this.#ids.uuid();
    this.#configs[id] ??= { id, name, module: this.#counterparts.moduleOf(connector), data: null };
    return id;
  }

  /** The address in the original, else one made of the id. */
  #address(cardId: string): string {
    const dot = cardId.indexOf('.');
    for (const { draft } of this.#original?.flows ?? []) {
      for (const { card, node } of draft.links.values()) {
        const address = card.raw['address'];
        if (node.card === cardId && typeof address === 'string') return address;
      }
    }
    const channel = cardId.slice(0, dot);
    if (cardSignature(this.#deck, cardId)?.builtIn === true) return kernel(cardId.replace('.', ':'));
    const version = isPlatform(channel) ? '0.0.1' : '1.0.0';
    return `root:channels:http:${channel}:${version}:${cardId.slice(dot + 1)}`;
  }

  #groups(): JsonObject {
    const known = this.#data('groups');
    if (this.#side) return known;
    const id = this.#ids.uuid();
    return {
      [id]: {
        id,
        data: {
          name: this.#deck.name ?? 'Flowdeck',
          description: this.#deck.description ?? '',
          media_uri: '',
          path: '',
        },
      },
    };
  }

  #tables(draft: ExportDraft, group: string): JsonObject {
    const known = this.#data('tables');
    const before = this.#original?.result.document?.tables ?? [];
    const tables: Mutable = {};
    for (const table of this.#deck.tables ?? []) {
      const id = draft.tableIds.get(table.id) ?? table.id;
      const same = before.find((candidate) => candidate.id === table.id);
      if (same && sameJson(same, table) && known[id] !== undefined) tables[id] = known[id];
      else {
        this.#isChanged = true;
        tables[id] = writeTable(table, id, group, known[id]);
      }
    }
    if (Object.keys(tables).length !== Object.keys(known).length) this.#isChanged = true;
    return tables;
  }
}

const EPOCH = '1970-01-01T00:00:00.000Z';
const NEW_PACK = { type: 'flopack', version: '1.5.0', flags: Object.fromEntries(FLAGS.map((flag) => [flag, true])) };
