/** Reads an export as the deck that it stands for. */
import { standard } from '@flowdeck/cards';
import type { DeckDocument, Diagnostic } from '@flowdeck/engine';
import type { JsonText } from '@flowdeck/engine/kit';
import type { SideTable } from '@flowdeck/flopack';

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
  /** True: what is sound is read, whatever else is wrong. */
  readonly lenient?: boolean;
}

/** It never throws: look at `document`. */
export async function readExport(json: JsonText, options: ReadExportOptions = {}): Promise<ReadExport> {
  if (json.value === undefined) return { json, document: null, originals: null, diagnostics: json.diagnostics };
  const { importFlopack } = await import('@flowdeck/flopack');
  const { document, originals, diagnostics } = importFlopack(json.value, {
    originals: 'apart',
    ...options,
    ...(standard.cards === undefined ? {} : { cards: standard.cards }),
  });
  return { json, document, originals, diagnostics: json.place(diagnostics) };
}
