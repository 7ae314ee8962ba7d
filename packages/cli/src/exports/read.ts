/** Reads an export as the deck that it stands for. */
import { standard } from '@flowdeck/cards';
import type { DeckDocument } from '@flowdeck/engine';
import type { SideTable } from '@flowdeck/flopack';
import { FaultyDeck, type Finding } from '../errors.js';
import { placeFindings } from '../findings.js';

/** What an export holds. */
export interface ImportedFile {
  readonly document: DeckDocument;
  /** The originals of its flows, for those who write it back. */
  readonly originals: SideTable | null;
  /** What is worth knowing, and with `lenient` what is wrong, placed in the export itself. */
  readonly findings: readonly Finding[];
}

export interface ReadExportOptions {
  /** True: what is sound is read, whatever else is wrong. */
  readonly lenient?: boolean;
}

/** @throws FaultyDeck */
export async function readExport(path: string, text: string, options: ReadExportOptions = {}): Promise<ImportedFile> {
  const { importFlopack } = await import('@flowdeck/flopack');
  const { document, originals, diagnostics } = importFlopack(text, {
    file: path,
    originals: 'apart',
    ...options,
    ...(standard.cards === undefined ? {} : { cards: standard.cards }),
  });
  const findings = placeFindings(diagnostics, [{ path, text }], null);
  if (document === null) throw new FaultyDeck(findings);
  return { document, originals, findings };
}
