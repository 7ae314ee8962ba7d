/** Makes one deck of several flow files, and remembers where every part came from. */
import type { DeckDocument, Diagnostic, FlowFile } from '@flowdeck/engine';
import { type ConnectorDocument, type DeckFlow, isDeck, pointerTo, type TableDocument } from '@flowdeck/engine/kit';

/** Where a part of the deck stands. */
export interface PartOrigin {
  /** Number of the file. */
  readonly file: number;
  /** JSON Pointer in that file. */
  readonly pointer: string;
}

/** What two files cannot have side by side; its pointer leads into the file of that number. */
export interface MergeConflict {
  readonly file: number;
  readonly diagnostic: Diagnostic;
}

export interface MergedDeck {
  readonly document: DeckDocument;
  readonly conflicts: readonly MergeConflict[];
  /** The place in a file that a pointer into the deck stands for. */
  origin(pointer: string): PartOrigin;
}

/** A sound file, and what messages call it. */
export interface MergeFile {
  readonly path: string;
  readonly document: FlowFile;
  /** True: a manifest alone, whose places begin under `/connector` of its document. */
  readonly isManifest: boolean;
}

/**
 * The deck that the files form together: their flows and tables in order, one connector, all requirements. That ids
 * are unique within a file is checked with the deck.
 */
export function mergeFiles(files: readonly MergeFile[]): MergedDeck {
  const merger = new Merger(files);
  for (const [index, { document, isManifest }] of files.entries()) merger.add(document, index, isManifest);
  return merger.merged();
}

type About = Pick<DeckDocument, 'name' | 'description' | 'meta'>;

class Merger {
  readonly #files: readonly MergeFile[];
  readonly #flows: DeckFlow[] = [];
  readonly #tables: TableDocument[] = [];
  readonly #requires: Record<string, string> = {};
  #connector: ConnectorDocument | undefined;
  #about: About = {};
  readonly #conflicts: MergeConflict[] = [];
  readonly #origins = new Map<string, PartOrigin>();
  /** The file that each flow id stands in first. */
  readonly #homes = new Map<string, number>();

  constructor(files: readonly MergeFile[]) {
    this.#files = files;
  }

  add(document: FlowFile, file: number, isManifest: boolean): void {
    for (const [namespace, range] of Object.entries(document.requires ?? {})) this.#require(namespace, range, file);
    if (!isDeck(document)) {
      const { $schema: _, flowdeck: __, requires: ___, ...flow } = document;
      this.#addFlow(flow, { file, pointer: '' });
      return;
    }
    this.#describe(document);
    for (const [index, flow] of document.flows.entries()) this.#addFlow(flow, { file, pointer: `/flows/${index}` });
    for (const [index, table] of (document.tables ?? []).entries()) {
      this.#origins.set(`/tables/${this.#tables.length}`, { file, pointer: `/tables/${index}` });
      this.#tables.push(table);
    }
    if (document.connector !== undefined)
      this.#connect(document.connector, { file, pointer: isManifest ? '' : '/connector' });
  }

  merged(): MergedDeck {
    const { name, description, meta } = this.#about;
    const origins = this.#origins;
    return {
      document: {
        flowdeck: 1,
        ...(name === undefined ? {} : { name }),
        ...(description === undefined ? {} : { description }),
        ...(Object.keys(this.#requires).length > 0 ? { requires: this.#requires } : {}),
        flows: this.#flows,
        ...(this.#tables.length > 0 ? { tables: this.#tables } : {}),
        ...(this.#connector === undefined ? {} : { connector: this.#connector }),
        ...(meta === undefined ? {} : { meta }),
      },
      conflicts: this.#conflicts,
      origin: (pointer) => originOf(pointer, origins),
    };
  }

  /** Two files may not have a flow of the same id; within one file the check of the deck says so. */
  #addFlow(flow: DeckFlow, origin: PartOrigin): void {
    this.#origins.set(`/flows/${this.#flows.length}`, origin);
    this.#flows.push(flow);
    const home = this.#homes.get(flow.id) ?? origin.file;
    this.#homes.set(flow.id, home);
    if (home === origin.file) return;
    this.#conflict(
      'duplicate-flow',
      { file: origin.file, pointer: `${origin.pointer}/id` },
      `The flow id "${flow.id}" is taken already, in ${this.#files[home]?.path ?? ''}.`,
      'Give one of the flows another id, or keep the files in directories of their own.',
    );
  }

  #require(namespace: string, range: string, file: number): void {
    const known = this.#requires[namespace];
    const pointer = pointerTo('/requires', namespace);
    this.#requires[namespace] = known ?? range;
    if (known === undefined) this.#origins.set(pointer, { file, pointer });
    if (known === undefined || known === range) return;
    this.#conflict(
      'deck-conflict',
      { file, pointer },
      `Another file of this directory requires "${namespace}" ${known}, this one ${range}.`,
      'Give both the same range.',
    );
  }

  #connect(connector: ConnectorDocument, origin: PartOrigin): void {
    if (this.#connector === undefined) {
      this.#connector = connector;
      this.#origins.set('/connector', origin);
      return;
    }
    this.#conflict(
      'deck-conflict',
      origin,
      'Another file of this directory has a connector too.',
      'Keep each connector in a directory of its own.',
    );
  }

  /** What only people and tools read cannot be in conflict: of each part the first counts. */
  #describe({ name, description, meta }: About): void {
    const first = this.#about;
    this.#about = {
      ...(name === undefined ? {} : { name }),
      ...(description === undefined ? {} : { description }),
      ...first,
      ...(meta === undefined ? {} : { meta: { ...meta, ...first.meta } }),
    };
  }

  #conflict(code: string, { file, pointer }: PartOrigin, message: string, hint: string): void {
    this.#conflicts.push({ file, diagnostic: { severity: 'error', code, message, hint, pointer } });
  }
}

/** The nearest part around the pointer whose origin is known. */
function originOf(pointer: string, origins: ReadonlyMap<string, PartOrigin>): PartOrigin {
  for (let part = pointer; part !== ''; part = part.slice(0, part.lastIndexOf('/'))) {
    const origin = origins.get(part);
    if (origin) return { file: origin.file, pointer: origin.pointer + pointer.slice(part.length) };
  }
  return { file: 0, pointer: '' };
}
