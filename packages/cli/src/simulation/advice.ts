/** Says of cards that no pack brings that they can be simulated: an export is full of them. */
import { FaultyDeck } from '../errors.js';
import type { Project } from '../project/project.js';

/** Loads the project; where that fails for unknown cards of an export, or of what was imported from one, it tells of `--simulate`. */
export function adviseToSimulate<L>(project: Project, load: () => L): L {
  try {
    return load();
  } catch (error) {
    if (!(error instanceof FaultyDeck) || !isImported(project)) throw error;
    throw new FaultyDeck(
      error.diagnostics.map((each) =>
        each.code === 'unknown-card' ? { ...each, hint: `Add --simulate, or load its pack: --pack PKG.` } : each,
      ),
    );
  }
}

/** The importer notes what the cards of connectors take and give. */
function isImported({ files, deck }: Project): boolean {
  return files.some(({ exported }) => exported !== null) || deck.meta?.['cards'] !== undefined;
}
