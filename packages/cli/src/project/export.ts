/** Reads an export as the deck that it stands for. */
import type { DeckDocument, Diagnostic } from '@flowdeck/engine';
import type { JsonText } from '@flowdeck/engine/kit';
import type { SideTable } from '@flowdeck/flopack';
import { knownCards } from '../engine/engine.js';
import type { Io } from '../system/io.js';

/** What an export holds. */
export interface ReadExport {
  /** The export itself. */
  readonly json: JsonText;
  /** Null when it is faulty. */
  readonly document: DeckDocument | null;
  /** The originals of its flows, for those who write it back. */
  readonly originals: SideTable | null;
  /** What is worth knowing, and what is wrong, placed in the export. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface ReadExportOptions {
  /** Packs that the user names: their cards may stand for cards of the export. */
  readonly packs: readonly string[];
  /** True: what is sound is read, whatever else is wrong. */
  readonly lenient?: boolean;
}

/**
 * What is wrong with the export stands beside the document, which is null then.
 *
 * @throws UsageError for a pack that cannot be loaded.
 */
export async function readExport(
  json: JsonText,
  { packs, lenient = false }: ReadExportOptions,
  io: Io,
): Promise<ReadExport> {
  if (json.value === undefined) return { json, document: null, originals: null, diagnostics: json.diagnostics };
  const { importFlopack } = await import('@flowdeck/flopack');
  const { document, originals, diagnostics } = importFlopack(json, {
    originals: 'apart',
    lenient,
    cards: await knownCards(packs, io),
  });
  // A warning: whoever reads exports takes the last of the two, and so it was when the file was in use.
  const twice = json.duplicates.map((each) => ({ ...each, severity: 'warning' as const }));
  return { json, document, originals, diagnostics: [...twice, ...diagnostics] };
}
