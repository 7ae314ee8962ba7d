/** What tests are about: projects, each read once, and what of them lies in further files. */
import { type DeckDocument, FlowdeckError, type Pack, type RowValues } from '@flowdeck/engine';
import type { Adapter, Case, JsonObject, LcovPlace } from '@flowdeck/testing';
import { everyBuiltIn } from '../engine/built-in.js';
import { openPacks } from '../engine/engine.js';
import { FaultyDeck } from '../errors.js';
import { needsOf } from '../project/needs.js';
import type { Project } from '../project/project.js';
import { readProject } from '../project/read.js';
import { openTables, rowsOf } from '../run/tables.js';
import { readWhole } from '../system/files.js';
import type { Io } from '../system/io.js';
import { dirname, join } from '../system/node.js';
import type { TestFile } from './files.js';

/** A subject, or why there is none. The project is there as soon as it can be read. */
type Subject =
  | { readonly project: Project; readonly deck: DeckDocument }
  | { readonly project?: Project; readonly error: unknown };

export class Subjects {
  readonly #found: ReadonlyMap<string, Subject>;
  readonly #io: Io;
  readonly adapter: Adapter;
  readonly packs: readonly Pack[];

  constructor(found: ReadonlyMap<string, Subject>, packs: readonly Pack[], adapter: Adapter, io: Io) {
    this.#found = found;
    this.#io = io;
    this.adapter = adapter;
    this.packs = packs;
  }

  /** The deck at a path that a test file names. @throws What reading it threw. */
  deck(path: string): DeckDocument {
    const subject = this.#found.get(path);
    if (subject === undefined || 'error' in subject) throw subject?.error;
    return subject.deck;
  }

  /** Of the files of what the cases are about. */
  get paths(): readonly string[] {
    return [...this.#found].flatMap(([path, { project }]) => project?.files.map((file) => file.path) ?? [path]);
  }

  /** Where a pointer into the deck at a path stands in its file; null: in an export, which has no lines. */
  placeOf(path: string, pointer: string): LcovPlace | null {
    const subject = this.#found.get(path);
    if (subject === undefined || 'error' in subject) return null;
    const { project, deck } = subject;
    if (project.files.some(({ exported }) => exported !== null)) return null;
    const { file, line } = project.placeOf(pointer, deck);
    return line === undefined ? null : { file, line };
  }

  /** Decks that can be run, by path. */
  get decks(): readonly (readonly [path: string, deck: DeckDocument])[] {
    return [...this.#found].flatMap(([path, subject]) => ('deck' in subject ? [[path, subject.deck] as const] : []));
  }

  /** A case with what lies in further files: rows of tables, and files. Its subject is the path as it is found. */
  async complete(entry: Case, file: string): Promise<Case> {
    const { subject, tables, files } = entry;
    const path = subject === undefined ? undefined : pathOf(subject, file);
    return {
      ...entry,
      ...(path === undefined ? {} : { subject: path }),
      ...(tables === undefined || path === undefined
        ? {}
        : { tables: await this.#rows(tables, this.deck(path), file) }),
      ...(files === undefined ? {} : { files: await this.#files(files, file) }),
    };
  }

  async #rows(
    tables: NonNullable<Case['tables']>,
    deck: DeckDocument,
    file: string,
  ): Promise<NonNullable<Case['tables']>> {
    const rows: Record<string, readonly JsonObject[]> = {};
    for (const [name, given] of Object.entries(tables)) {
      if ('csv' in given) {
        const store = await openTables([`${name}=${pathOf(given.csv, file)}`], undefined, deck, this.#io);
        const { id = name } = (deck.tables ?? []).find((table) => [table.id, table.name].includes(name)) ?? {};
        rows[name] = asJson((await rowsOf(store, deck))[id] ?? []);
      } else rows[name] = given;
    }
    return rows;
  }

  async #files(files: NonNullable<Case['files']>, file: string): Promise<NonNullable<Case['files']>> {
    const read = Object.entries(files).map(async ([name, given]) => {
      if (given.path === undefined) return [name, given] as const;
      const bytes = await readWhole(pathOf(given.path, file), this.#io);
      return [name, { base64: Buffer.from(bytes).toString('base64') }] as const;
    });
    return Object.fromEntries(await Promise.all(read));
  }
}

/** Reads every subject that the cases name, and opens the packs that these need. */
export async function openSubjects(files: readonly TestFile[], packs: readonly string[], io: Io): Promise<Subjects> {
  const found = new Map<string, Subject>();
  for (const { suite, path } of files) {
    for (const { subject } of suite.cases) {
      if (subject === undefined) continue;
      const at = pathOf(subject, path);
      if (!found.has(at)) found.set(at, await readSubject(at, packs, io));
    }
  }
  const projects = [...found.values()].flatMap((subject) => ('deck' in subject ? [subject.project] : []));
  // What stands in a case itself may use any card.
  const isInline = files.some(({ suite }) => suite.cases.some(({ subject }) => subject === undefined));
  const needs = projects.map((project) => needsOf(project));
  const namespaces = new Set(needs.flatMap((each) => [...each.namespaces]));
  const cards = new Set(needs.flatMap((each) => [...each.cards]));
  const opened = await openPacks(isInline ? { packs, namespaces: everyBuiltIn() } : { packs, namespaces, cards }, io);
  const { doubles } = await import('@flowdeck/testing');
  return new Subjects(found, opened, doubles({ packs: opened }), io);
}

async function readSubject(path: string, packs: readonly string[], io: Io): Promise<Subject> {
  try {
    const project = await readProject(path, io, packs);
    const faults = project.diagnostics.filter(({ severity }) => severity === 'error');
    if (faults.length > 0) return { project, error: new FaultyDeck(faults) };
    return { project, deck: project.deck };
  } catch (error) {
    if (!(error instanceof FlowdeckError)) throw error;
    return { error };
  }
}

/** Paths in a test file begin where it lies. */
function pathOf(path: string, file: string): string {
  return join(dirname(file), path);
}

/** Dates as text. */
function asJson(rows: readonly RowValues[]): readonly JsonObject[] {
  // JSON text holds JSON.
  return JSON.parse(JSON.stringify(rows)) as readonly JsonObject[];
}
