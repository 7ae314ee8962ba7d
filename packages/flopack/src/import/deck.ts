/** A whole export as a deck. */
import type { CardType, DeckDocument, Diagnostic } from '@flowdeck/engine';
import { Diagnostics } from '../diagnostics.js';
import { type ReadOptions, readFlopack } from '../read/index.js';
import { arrivalsOf, type PinReport } from './arrivals.js';
import { argumentsOfCalls } from './callers.js';
import { documentOf } from './document.js';
import type { DeckDraft } from './draft.js';
import { type ImportedFlow, importFlow, withInputs } from './flow.js';
import { openDeck } from './open-deck.js';
import { originalsOf, type SideTable } from './side-table.js';

/** How an export file becomes a document. */
export interface ImportOptions extends ReadOptions {
  /** Card types that the host has, such as `standard.cards`: what of an input is needed depends on them. */
  readonly cards?: readonly CardType[];
  /** True: what is sound is imported, whatever else is wrong. Default: any error means no document. */
  readonly lenient?: boolean;
  /** Where the originals go: `meta` (default) into `meta.flopack` of the deck, `apart` only into the result. */
  readonly originals?: 'meta' | 'apart';
}

/** What came of reading an export. */
export interface ImportResult {
  /** Null when the file has errors and `lenient` is not set. */
  readonly document: DeckDocument | null;
  /** What was lost, guessed or wrong, with pointers into the export file. */
  readonly diagnostics: readonly Diagnostic[];
  /** The originals, for an export that changes nothing but what was edited. */
  readonly originals: SideTable | null;
  /** How many wires the file has, and how many of them arrived. */
  readonly pins: PinReport;
}

/**
 * Imports an export (`.flopack`, `.flow`, `.folder`): its text, a `JsonText`, or the value that the text stands for. It
 * never throws.
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
  const { pack, json, diagnostics } = readFlopack(source, options);
  if (pack === null) {
    const result = { document: null, diagnostics, originals: null, pins: { total: 0, arrived: 0 } };
    return { result, deck: null, flows: [] };
  }
  const found = new Diagnostics();
  const catalog = new Map((options.cards ?? []).map((card) => [card.id, card]));
  const missing = new Map<string, string>();
  const deck = openDeck(pack, found, catalog, missing);
  const read = pack.flows.map((raw) => importFlow(raw, deck.flowIds.get(raw.id) ?? raw.id, deck));
  const given = argumentsOfCalls(
    read.map(({ flow }) => flow),
    catalog,
  );
  // Of a flow that the file only names, its callers say what it takes.
  const flows = read.map((each) =>
    each.draft.raw.graph ? each : { ...each, flow: withInputs(each.flow, given.get(each.flow.id)) },
  );
  const originals = originalsOf(pack, flows);
  const document = documentOf(pack, deck, flows, missing, given, options.originals === 'apart' ? null : originals);
  const isSound = options.lenient === true || ![...diagnostics, ...found.diagnostics].some(isError);
  const pins = arrivalsOf(flows, found);
  const result = {
    document: isSound ? document : null,
    diagnostics: [...diagnostics, ...(json?.place(found.diagnostics) ?? found.diagnostics)],
    originals: isSound ? originals : null,
    pins,
  };
  return { result, deck, flows };
}

function isError({ severity }: Diagnostic): boolean {
  return severity === 'error';
}
