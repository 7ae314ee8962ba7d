/** Holds an export to the rules of its format, and to what the engine asks of a deck. */
import { DocumentError } from '@flowdeck/engine';
import type { FileDiagnostic } from '../errors.js';
import type { ReadExport } from '../project/export.js';
import type { ProjectFile } from '../project/file.js';
import { neededNamespaces } from '../project/needs.js';
import type { Project } from '../project/project.js';
import { prepareSimulation } from '../simulation/prepare.js';
import type { Io } from '../system/io.js';
import { checkSchedules } from './schedules.js';
import type { CheckedProject, CheckRequest } from './types.js';

/**
 * All diagnostics: those of the format at their places in the file, those of the engine with the flow and the card.
 * Cards of connectors need no pack: the file itself says what they take and give.
 */
export async function checkExportFile(
  project: Project,
  exported: ReadExport,
  { packs }: CheckRequest,
  io: Io,
): Promise<CheckedProject> {
  const [file] = project.files;
  const compiled = await compileExport(project, packs, io);
  const { deck } = project;
  const schedules = project.place(await checkSchedules(deck), deck);
  const diagnostics = [...(await diagnosticsOf(file)), ...compiled.diagnostics, ...schedules];
  return { document: exported.document, diagnostics: unique(diagnostics), simulated: compiled.simulated };
}

/** What is wrong with a file before it is held against cards. An export is held to the rules of its format, too. */
export async function diagnosticsOf({ path, parsed, exported }: ProjectFile): Promise<readonly FileDiagnostic[]> {
  const placed = (found: ProjectFile['parsed']['diagnostics']) => found.map((each) => ({ ...each, file: path }));
  if (exported === null || exported.json.value === undefined) return placed(parsed.diagnostics);
  const { checkFlopack } = await import('@flowdeck/flopack');
  return unique(placed([...checkFlopack(exported.json), ...parsed.diagnostics]));
}

async function compileExport(
  project: Project,
  packs: readonly string[],
  io: Io,
): Promise<Pick<CheckedProject, 'diagnostics' | 'simulated'>> {
  const { deck } = project;
  try {
    const request = { packs, namespaces: neededNamespaces(project) };
    const { simulation, simulated } = await prepareSimulation(deck, request, io);
    return { diagnostics: project.place(simulation.deck.diagnostics, deck), simulated };
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    return { diagnostics: project.place(error.diagnostics, deck), simulated: [] };
  }
}

/** The reader and the importer both tell what they read. */
function unique(diagnostics: readonly FileDiagnostic[]): FileDiagnostic[] {
  return [...new Map(diagnostics.map((each) => [`${each.code} ${each.pointer} ${each.message}`, each])).values()];
}
