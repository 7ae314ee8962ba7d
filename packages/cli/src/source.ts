/** The files that a command was given, as one deck, and the way from a place in the deck back to a place in a file. */
import {
  type Deck,
  type DeckDocument,
  type Diagnostic,
  DocumentError,
  type Engine,
  type FlowFile,
} from '@flowdeck/engine';
import { isDeck, parseDocument } from '@flowdeck/engine/kit';
import { FaultyDeck, type Finding, UsageError } from './errors.js';
import { isExport } from './exports/is-export.js';
import { type ImportedFile, readExport } from './exports/read.js';
import { flowFiles, kindOf, readText, STDIN } from './files.js';
import { type Places, placeFindings, positionIn } from './findings.js';
import type { Io } from './io.js';
import { type Merged, mergeFiles, type ParsedFile } from './merge.js';

export interface SourceFile {
  /** As the user wrote it, for messages. */
  readonly path: string;
  readonly text: string;
  /** What the file stands for, when it is an export of the foreign format. */
  readonly imported?: ImportedFile;
}

/** One file, or the flow files of a directory. */
export type Source = readonly [SourceFile, ...SourceFile[]];

/**
 * @throws UsageError `file-missing`, `file-unreadable`, `no-flows` (a directory without flow files).
 * @throws FaultyDeck `file-too-large`, `not-utf8`, and for an export what is wrong with it.
 */
export async function readSource(path: string, io: Io): Promise<Source> {
  if (kindOf(path, io) === 'file') return [await imported(await readFlowFile(path, io))];
  const paths = flowFiles(path, io);
  const files = await Promise.all(paths.map((each) => readFlowFile(each, io)));
  if (isFilled(files)) return files;
  throw new UsageError('no-flows', `The directory ${JSON.stringify(path)} holds no flow files.`, {
    at: { file: path },
    hint: 'Flow files are named *.flow.json and lie directly in the directory.',
  });
}

/** Exports are read as the decks that they stand for. */
async function imported(file: SourceFile): Promise<SourceFile> {
  if (!isExport(file.path, file.text)) return file;
  return { ...file, imported: await readExport(file.path, file.text) };
}

function isFilled(files: readonly SourceFile[]): files is Source {
  return files.length > 0;
}

export async function readFlowFile(path: string, io: Io): Promise<SourceFile> {
  const name = path === STDIN ? 'stdin' : path;
  try {
    return { path: name, text: await readText(path, io) };
  } catch (error) {
    // That the file holds no document is a fault of the document, not of how the command was used.
    if (!(error instanceof UsageError) || !['file-too-large', 'not-utf8'].includes(error.code)) throw error;
    const { code, message, hint } = error;
    const fault: Diagnostic = {
      severity: 'error',
      code,
      message,
      pointer: '',
      ...(hint === undefined ? {} : { hint }),
    };
    throw new FaultyDeck([{ ...fault, file: name, line: null, column: null }]);
  }
}

/** What a check found: the document when it is sound, and all findings with their places. */
export interface Checked {
  readonly document: FlowFile | null;
  readonly findings: readonly Finding[];
  readonly source: Source;
  readonly places: Places | null;
}

/** Checks the source against the cards of an engine. */
export async function checkSource(source: Source, engine: Engine): Promise<Checked> {
  const combined = combine(source);
  if ('findings' in combined) return { document: null, findings: combined.findings, source, places: null };
  const { document, diagnostics } = await engine.validate(combined.input, { file: source[0].path });
  const { merged } = combined;
  return { document, findings: placeFindings(diagnostics, source, merged), source, places: merged };
}

/**
 * Reads the source as a document, without cards to check it against. Flows that it calls may be missing.
 *
 * @throws FaultyDeck
 */
export function parseSource(source: Source): FlowFile {
  if (source.length === 1) {
    const { document, faults } = parsePart(source[0]);
    if (document === null) throw new FaultyDeck(placeFindings(faults, source, null));
    return document;
  }
  const combined = combine(source);
  if ('findings' in combined) throw new FaultyDeck(combined.findings);
  // Its parts were read one by one, and have no conflicts.
  return combined.merged?.document ?? parseSource([source[0]]);
}

/** The source as one deck, and the way from its places back to those in the files. */
export interface SourceDeck {
  readonly document: DeckDocument;
  readonly places: Places | null;
}

/** @throws FaultyDeck */
export function deckOf(source: Source): SourceDeck {
  const document = parseSource(source);
  const combined = source.length === 1 ? null : combine(source);
  if (combined && 'merged' in combined && combined.merged) {
    return { document: combined.merged.document, places: combined.merged };
  }
  if (isDeck(document)) return { document, places: null };
  const merged = mergeFiles([{ path: source[0].path, document }]);
  return { document: merged.document, places: merged };
}

/** A deck that can be run, and where its places stand in files. */
export interface LoadedSource {
  readonly deck: Deck;
  readonly findings: readonly Finding[];
  /** Null when the place is not in these files: in a flow of a connector. */
  locate(flow: string | undefined, pointer: string | undefined): Pick<Finding, 'file' | 'line' | 'column'> | null;
}

/** @throws FaultyDeck */
export function loadSource(source: Source, engine: Engine): LoadedSource {
  const combined = combine(source);
  if ('findings' in combined) throw new FaultyDeck(combined.findings);
  const { input, merged } = combined;
  try {
    return loadedFrom(engine.load(input, { file: source[0].path }), source, merged);
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    throw new FaultyDeck(placeFindings(error.diagnostics, source, merged));
  }
}

/** A deck that was loaded, placed in the files that it comes from. */
export function loadedFrom(deck: Deck, source: Source, places: Places | null): LoadedSource {
  return {
    deck,
    findings: placeFindings(deck.diagnostics, source, places),
    locate: (flow, pointer) => {
      if (flow === undefined || pointer === undefined || !holds(deck, flow, pointer)) return null;
      return positionIn(source, places, pointer);
    },
  };
}

/** Whether the pointer leads into the flow of that id. A connector may have a flow of the same id. */
function holds({ document }: Deck, flow: string, pointer: string): boolean {
  if (!isDeck(document)) return document.id === flow && !pointer.startsWith('/flows/');
  const index = /^\/flows\/(\d+)(?=\/|$)/.exec(pointer)?.[1];
  return index !== undefined && document.flows[Number(index)]?.id === flow;
}

interface Combined {
  /** What the engine reads: the text of the one file, else the document that the files form or stand for. */
  readonly input: unknown;
  readonly merged: Merged | null;
}

function combine(source: Source): Combined | { readonly findings: readonly Finding[] } {
  if (source.length === 1) return { input: source[0].imported?.document ?? source[0].text, merged: null };
  const findings: Finding[] = [];
  const parsed: ParsedFile[] = [];
  for (const file of source) {
    const { document, faults } = parsePart(file);
    findings.push(...placeFindings(faults, [file], null));
    if (document !== null) parsed.push({ path: file.path, document });
  }
  if (findings.some((finding) => finding.severity === 'error')) return { findings };
  const merged = mergeFiles(parsed);
  if (merged.conflicts.length > 0) return { findings: placeFindings(merged.conflicts, source, merged) };
  return { input: merged.document, merged };
}

/** One file of several. The flows that it refers to may stand in another, so that is checked with the whole deck. */
function parsePart({ path, text, imported }: SourceFile): { document: FlowFile | null; faults: readonly Diagnostic[] } {
  if (imported) return { document: imported.document, faults: [] };
  const { document, diagnostics } = parseDocument(text, { file: path });
  const faults = diagnostics.filter((diagnostic) => diagnostic.code !== 'unknown-flow');
  if (document !== null || faults.length > 0 || diagnostics.length === 0) return { document, faults };
  // Nothing but references is wrong with it, so it is a flow file.
  return { document: JSON.parse(text.replace(/^\uFEFF/, '')) as FlowFile, faults };
}
