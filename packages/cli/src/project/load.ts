/** Loads a project into an engine; where files are broken, what of it can run without them. */
import { type Deck, DocumentError, type Engine } from '@flowdeck/engine';
import { isDeck, isSameName, parsePointer } from '@flowdeck/engine/kit';
import { FaultyDeck, type FileDiagnostic } from '../errors.js';
import { explainMissingFlows } from './missing-flows.js';
import type { FilePlace, Project } from './project.js';

/** A deck that can be run, and where its places stand in files. */
export interface LoadedProject {
  readonly project: Project;
  readonly deck: Deck;
  /** Warnings and notes. */
  readonly diagnostics: readonly FileDiagnostic[];
  /** Null when the place is not in these files: in a flow of a connector. */
  locate(flow: string | undefined, pointer: string | undefined): FilePlace | null;
}

/** Loads a project that has no broken file. @throws FaultyDeck */
export function loadProject(project: Project, engine: Engine): LoadedProject {
  const { source } = project;
  try {
    return loadedProject(engine.load(source), project);
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    throw new FaultyDeck(project.place(error.diagnostics));
  }
}

/** A deck that was loaded from the documents of a project. */
export function loadedProject(deck: Deck, project: Project): LoadedProject {
  return {
    project,
    deck,
    diagnostics: project.place(deck.diagnostics, deck.document),
    locate: (flow, pointer) => {
      if (flow === undefined || pointer === undefined || !holds(deck, flow, pointer)) return null;
      return project.placeOf(pointer, deck.document);
    },
  };
}

/** Whether the pointer leads into the flow of that id. A connector may have a flow of the same id. */
function holds({ document }: Deck, flow: string, pointer: string): boolean {
  const [part, index] = parsePointer(pointer);
  if (!isDeck(document)) return document.id === flow && part !== 'flows';
  return part === 'flows' && document.flows[Number(index)]?.id === flow;
}

/** What can run of a project, and what is wrong with the files that were left out. */
export interface RunnableProject<L extends LoadedProject> {
  readonly loaded: L;
  readonly leftOut: readonly FileDiagnostic[];
}

/**
 * Loads a project for a flow of it. Of a directory, files with errors are left out when the flow is named and does
 * without them; so are files that call what stood in those.
 *
 * @param flow Id or name. Without it every file has to be sound: the flow that is meant may stand in a broken one.
 * @param load Loads a part of the project that has no broken file; it throws FaultyDeck.
 * @throws FaultyDeck with all that is wrong, when the flow cannot run.
 */
export async function loadRunnable<L extends LoadedProject>(
  project: Project,
  flow: string | undefined,
  load: (part: Project) => L | Promise<L>,
): Promise<RunnableProject<L>> {
  const leftOut: FileDiagnostic[] = [...errorsOf(project.diagnostics)];
  for (let part = project.whole; part !== null; ) {
    const attempt = await tryToLoad(part, load);
    if ('loaded' in attempt) {
      const { loaded } = attempt;
      if (leftOut.length === 0 || (flow !== undefined && hasFlow(loaded.deck, flow))) return { loaded, leftOut };
      break;
    }
    leftOut.push(...explainMissingFlows(attempt.diagnostics, part, project));
    const faulty = new Set(errorsOf(attempt.diagnostics).map(({ file }) => file));
    // Without a flow to look for there is nothing to be saved.
    part = flow === undefined || faulty.size === 0 ? null : part.without(faulty);
  }
  throw new FaultyDeck(leftOut);
}

async function tryToLoad<L extends LoadedProject>(
  part: Project,
  load: (part: Project) => L | Promise<L>,
): Promise<{ readonly loaded: L } | { readonly diagnostics: readonly FileDiagnostic[] }> {
  // Files that cannot stand side by side are no matter of one of them: that is thrown here.
  void part.document;
  try {
    return { loaded: await load(part) };
  } catch (error) {
    if (!(error instanceof FaultyDeck)) throw error;
    return { diagnostics: error.diagnostics };
  }
}

function hasFlow({ flows }: Deck, wanted: string): boolean {
  return flows.some((flow) => flow.id === wanted || isSameName(flow.name, wanted));
}

function errorsOf(diagnostics: readonly FileDiagnostic[]): readonly FileDiagnostic[] {
  return diagnostics.filter(({ severity }) => severity === 'error');
}
