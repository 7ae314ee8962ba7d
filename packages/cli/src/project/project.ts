/** The files that a command was given, read once: their deck, and the way from a place in it back to a file. */
import type { DeckDocument, Diagnostic, FlowFile } from '@flowdeck/engine';
import { isDeck, type ParsedDocument, type Position } from '@flowdeck/engine/kit';
import { FaultyDeck, type FileDiagnostic } from '../errors.js';
import type { ProjectFile } from './file.js';
import { type MergedDeck, mergeFiles, type PartOrigin } from './merge.js';

/** A place in a file. */
export interface FilePlace extends Partial<Position> {
  readonly file: string;
}

/** One file, or the flow files of a directory. */
export type ProjectFiles = readonly [ProjectFile, ...ProjectFile[]];

/** Immutable. What is worked out of the files is worked out once. */
export class Project {
  readonly files: ProjectFiles;
  #merged: MergedDeck | undefined;

  constructor(files: ProjectFiles) {
    this.files = files;
  }

  /** What reading the files found, errors and the rest. */
  get diagnostics(): readonly FileDiagnostic[] {
    return this.files.flatMap(({ path, parsed }) => parsed.diagnostics.map((each) => ({ ...each, file: path })));
  }

  /** Files that no document could be read from. */
  get broken(): readonly ProjectFile[] {
    return this.files.filter(({ parsed }) => parsed.document === null);
  }

  /** The files that a document could be read from; null when there is none. */
  get whole(): Project | null {
    return this.broken.length === 0 ? this : this.without(new Set(this.broken.map(({ path }) => path)));
  }

  /** The other files; null when none is left. */
  without(paths: ReadonlySet<string>): Project | null {
    const files = this.files.filter(({ path }) => !paths.has(path));
    return isFilled(files) ? new Project(files) : null;
  }

  /**
   * The document: of the one file, or the deck that all of them form. Flows that it calls may be missing.
   *
   * @throws FaultyDeck when a file is broken, or two cannot stand side by side.
   */
  get document(): FlowFile {
    const [first] = this.files;
    if (this.files.length > 1) return this.#deck().document;
    if (first.parsed.document === null) throw new FaultyDeck(this.diagnostics);
    return first.parsed.document;
  }

  /** The same, as a deck. @throws FaultyDeck */
  get deck(): DeckDocument {
    const { document } = this;
    return isDeck(document) ? document : this.#deck().document;
  }

  /** What an engine loads: it has been parsed already, or is the deck of documents that were. @throws FaultyDeck */
  get source(): ParsedDocument | FlowFile {
    const { document } = this;
    return this.files.length === 1 ? this.files[0].parsed : document;
  }

  /** Places diagnostics in the files. `of` is what they are about: {@link document} (default), or {@link deck}. */
  place(found: readonly Diagnostic[], of: FlowFile = this.document): readonly FileDiagnostic[] {
    return this.#placed(found, (pointer) => this.#originOf(pointer, of));
  }

  /** The place in a file that a pointer stands for. `of` as in {@link place}. */
  placeOf(pointer: string, of: FlowFile = this.document): FilePlace {
    const { file, pointer: inFile } = this.#originOf(pointer, of);
    const { path, parsed } = this.#file(file);
    return { file: path, ...parsed.json?.positionsOf([inFile]).get(inFile) };
  }

  /** Each file is looked through once, however many diagnostics it has. */
  #placed(found: readonly Diagnostic[], originOf: (pointer: string) => PartOrigin): readonly FileDiagnostic[] {
    const origins = found.map(({ pointer }) => originOf(pointer));
    const placed = new Map<Diagnostic, FileDiagnostic>();
    for (const [index, { path, parsed }] of this.files.entries()) {
      const own = found.flatMap((diagnostic, at) => {
        const origin = origins[at];
        return origin?.file === index ? [{ diagnostic, inFile: { ...diagnostic, pointer: origin.pointer } }] : [];
      });
      const inFile = parsed.place(own.map((each) => each.inFile));
      for (const [at, { diagnostic }] of own.entries()) {
        const each = inFile[at];
        if (each) placed.set(diagnostic, { ...each, file: path });
      }
    }
    return found.flatMap((diagnostic) => placed.get(diagnostic) ?? []);
  }

  #originOf(pointer: string, of: FlowFile): PartOrigin {
    const [{ isManifest }] = this.files;
    const isOneFile = this.files.length === 1 && !isManifest && isDeck(of) === isDeck(this.document);
    return isOneFile ? { file: 0, pointer } : this.#deck().origin(pointer);
  }

  #file(index: number): ProjectFile {
    return this.files[index] ?? this.files[0];
  }

  #deck(): MergedDeck {
    if (this.#merged) return this.#merged;
    const sound = this.files.flatMap(({ path, parsed: { document }, isManifest = false }) =>
      document ? [{ path, document, isManifest }] : [],
    );
    if (sound.length < this.files.length) throw new FaultyDeck(this.diagnostics);
    const merged = mergeFiles(sound);
    const conflicts = merged.conflicts.flatMap(({ file, diagnostic }) => {
      const { path, parsed } = this.#file(file);
      return parsed.place([diagnostic]).map((each) => ({ ...each, file: path }));
    });
    if (conflicts.length > 0) throw new FaultyDeck(conflicts);
    this.#merged = merged;
    return merged;
  }
}

export function isFilled(files: readonly ProjectFile[]): files is ProjectFiles {
  return files.length > 0;
}
