/** Checks a project without running it: the documents, the cards, and if it is asked for what was probably not meant. */
import type { CardType, DeckDocument, Diagnostic, Engine, Pack } from '@flowdeck/engine';
import { type ConnectorDocument, isPlainObject } from '@flowdeck/engine/kit';
import { builtInPacks, everyBuiltIn } from '../engine/built-in.js';
import { engineOf, openPacks } from '../engine/engine.js';
import { FaultyDeck, type FileDiagnostic } from '../errors.js';
import { explainMissingFlows } from '../project/missing-flows.js';
import { neededNamespaces } from '../project/needs.js';
import type { Project } from '../project/project.js';
import type { Io } from '../system/io.js';
import { checkExportFile, diagnosticsOf } from './export.js';
import { checkSchedules } from './schedules.js';
import type { CheckedProject, CheckRequest } from './types.js';

/**
 * Broken files do not hide what is wrong with the others.
 *
 * @throws UsageError for packs.
 */
export async function checkProject(project: Project, request: CheckRequest, io: Io): Promise<CheckedProject> {
  const broken = await Promise.all(project.broken.map(diagnosticsOf));
  const { whole } = project;
  if (whole === null) return { document: null, diagnostics: broken.flat(), simulated: [] };
  try {
    const { diagnostics, ...checked } = await checkWhole(whole, request, io);
    return { ...checked, diagnostics: [...broken.flat(), ...explainMissingFlows(diagnostics, whole, project)] };
  } catch (error) {
    // Files that cannot stand side by side form no deck that could be looked at further.
    if (!(error instanceof FaultyDeck)) throw error;
    return { document: null, diagnostics: [...broken.flat(), ...error.diagnostics], simulated: [] };
  }
}

/** A project without broken files. */
async function checkWhole(project: Project, request: CheckRequest, io: Io): Promise<CheckedProject> {
  const packs = await openPacks({ packs: request.packs, namespaces: neededNamespaces(project) }, io);
  const engine = engineOf(packs, {});
  const [{ exported }] = project.files;
  const checked =
    exported === null
      ? await checkFlows(project, engine, packs)
      : await checkExportFile(project, exported, request, io);
  if (!request.lint || checked.document === null) return checked;
  const linted = await lintDiagnostics(project, engine, packs, checked.simulated);
  return { ...checked, diagnostics: [...checked.diagnostics, ...linted] };
}

/** What an import noted of a connector's cards is enough to check the flows that use them. */
async function checkFlows(project: Project, engine: Engine, packs: readonly Pack[]): Promise<CheckedProject> {
  const { deck } = project;
  const extra = isPlainObject(deck.meta?.['cards']) ? await standInsFor(deck, engine) : [];
  const simulated = extra.flatMap((pack) => (pack.cards ?? []).map((card) => card.id));
  const checking = extra.length === 0 ? engine : engineOf([...packs, ...extra], {});
  const { document, diagnostics } = await checking.validate(project.source);
  const schedules = await checkSchedules(project.document);
  const rules = await checkRules(project);
  return { document, diagnostics: project.place([...diagnostics, ...schedules, ...rules]), simulated };
}

/** What publishing a connector asks for: more than running it does. */
async function checkRules({ deck }: Project): Promise<readonly Diagnostic[]> {
  const { connector } = deck;
  if (connector === undefined) return [];
  const { checkConnector } = await import('@flowdeck/connect');
  return checkConnector({ ...deck, connector });
}

async function standInsFor(deck: DeckDocument, engine: Engine): Promise<readonly Pack[]> {
  const { standIns } = await import('@flowdeck/testing');
  return standIns(deck, new Set(engine.cards.map(({ card }) => card.id)));
}

async function lintDiagnostics(
  project: Project,
  engine: Engine,
  packs: readonly Pack[],
  simulated: readonly string[],
): Promise<readonly FileDiagnostic[]> {
  const { lint } = await import('@flowdeck/lint');
  const connectors = await knownConnectors(packs);
  const types = new Map<string, CardType>(engine.cards.map(({ card }) => [card.id, card]));
  // Where nothing is noted of a card, that is an error which was found already.
  const rules = simulated.length > 0 ? {} : { 'lint-unknown-card': 'off' as const };
  return project.place(lint(project.document, { card: (id) => types.get(id), connectors, rules }));
}

/** Also of connectors that no card of the project is of: that there is one may be what its author does not know. */
async function knownConnectors(packs: readonly Pack[]): Promise<readonly ConnectorDocument[]> {
  const { manifestIn } = await import('@flowdeck/connect');
  const engine = engineOf([...packs, ...(await builtInPacks(everyBuiltIn(), packs))], {});
  return engine.connectors.flatMap(({ key }) => manifestIn(engine, key) ?? []);
}
