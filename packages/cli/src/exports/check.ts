/** Holds an export to the rules of its format, and to what the engine asks of a deck. */
import { type Diagnostic, DocumentError } from '@flowdeck/engine';
import type { CheckedPath } from '../check.js';
import { FaultyDeck, type Finding } from '../errors.js';
import { placeFindings } from '../findings.js';
import type { Io } from '../io.js';
import { prepareSimulation } from '../simulation/prepare.js';
import type { SourceFile } from '../source.js';
import { readExport } from './read.js';

/**
 * All findings: those of the format at their places in the file, those of the engine with the flow and the card.
 * Cards of connectors need no pack: the file itself says what they take and give.
 */
export async function checkExport(file: SourceFile, packs: readonly string[], io: Io): Promise<CheckedPath> {
  const { path, text } = file;
  const { checkFlopack } = await import('@flowdeck/flopack');
  const ofFormat = placeFindings(checkFlopack(text, { file: path }), [file], null);
  try {
    const imported = await readExport(path, text);
    const compiled = await compileFaults({ ...file, imported }, packs, io);
    const findings = unique([...ofFormat, ...imported.findings, ...compiled.findings]);
    const { simulated } = compiled;
    return { document: imported.document, findings, source: [{ ...file, imported }], places: null, simulated };
  } catch (error) {
    if (!(error instanceof FaultyDeck)) throw error;
    const findings = unique([...ofFormat, ...error.findings]);
    return { document: null, findings, source: [file], places: null, simulated: [] };
  }
}

async function compileFaults(
  file: Required<SourceFile>,
  packs: readonly string[],
  io: Io,
): Promise<Pick<CheckedPath, 'findings' | 'simulated'>> {
  const place = (diagnostics: readonly Diagnostic[]) => placeFindings(diagnostics, [file], null);
  try {
    const { simulation, simulated } = await prepareSimulation(
      file.imported.document,
      { packs, texts: [file.text] },
      io,
    );
    return { findings: place(simulation.deck.diagnostics), simulated };
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    return { findings: place(error.diagnostics), simulated: [] };
  }
}

/** The reader and the importer both report what they read. */
function unique(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((each) => [`${each.code} ${each.pointer} ${each.message}`, each])).values()];
}
