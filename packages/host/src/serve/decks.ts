/** The decks that runs began with, by revision: a run that outlives its host goes on with the deck that it knows. */
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FlowFile } from '@flowdeck/engine';
import { readJson, writeJson } from '../connections/files.js';

/** Where decks are kept. */
export interface DeckStore {
  /** Keeps a deck under its revision; resolves when it would survive a power cut. */
  keep(revision: string, document: FlowFile): Promise<void>;
  /** Of the decks that are kept. */
  revisions(): Promise<readonly string[]>;
  /** A deck as it was kept, to be loaded again; null: it is not there, or damaged. */
  read(revision: string): Promise<unknown>;
  /** Lets go of all decks but these. */
  keepOnly(revisions: ReadonlySet<string>): Promise<void>;
}

const SUFFIX = '.json';

/**
 * Decks in a directory, which is made with the first.
 *
 * @example
 * const decks = deckStore('./state/decks');
 */
export function deckStore(dir: string): DeckStore {
  const pathOf = (revision: string) => join(dir, `${revision}${SUFFIX}`);
  const kept = async () => {
    const names = await readdir(dir).catch(() => []);
    return names.filter((name) => name.endsWith(SUFFIX)).map((name) => name.slice(0, -SUFFIX.length));
  };
  return {
    async keep(revision, document) {
      await mkdir(dir, { recursive: true, mode: 0o700 });
      if (!(await kept()).includes(revision)) await writeJson(pathOf(revision), document);
    },
    revisions: kept,
    read: async (revision) => (await readJson(pathOf(revision))) ?? null,
    async keepOnly(revisions) {
      for (const revision of await kept()) if (!revisions.has(revision)) await rm(pathOf(revision), { force: true });
    },
  };
}
