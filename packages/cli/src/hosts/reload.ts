/** A host takes up its files again while it serves: when one changes, or when its process is told to. */
import type { Host } from '@flowdeck/host';
import { type Deployed, deployedText } from '../connectors/deployed.js';
import type { OpenEngine } from '../engine/engine.js';
import { errorText } from '../output/error.js';
import { count, plain } from '../output/text.js';
import { loadProject, loadRunnable } from '../project/load.js';
import type { neededNamespaces } from '../project/needs.js';
import type { Project } from '../project/project.js';
import { readProject } from '../project/read.js';
import { Changes } from '../system/changes.js';
import { FLOWS, isBundle, isConnector, MANIFEST } from '../system/files.js';
import { onHangup } from '../system/hangup.js';
import type { Io } from '../system/io.js';
import { join } from '../system/node.js';
import { sayFindings } from './findings.js';
import type { HostLog } from './log.js';

/** What is served, and where it was read. */
export interface Reloading {
  readonly host: Host;
  readonly opened: OpenEngine;
  readonly log: HostLog;
  readonly path: string;
  /** As it was read. */
  readonly served: Project;
  /** Names given with `--pack`. */
  readonly packs: readonly string[];
  /** What the project needs of built-in packs. */
  needs(project: Project): ReturnType<typeof neededNamespaces>;
  /** Versions of connectors from a store. */
  readonly deployed: {
    find(wanted: ReturnType<typeof neededNamespaces>): Promise<Deployed>;
    /** Files that change when what is to be served of them does. */
    places(wanted: ReturnType<typeof neededNamespaces>): readonly string[];
    /** From now on these are served. */
    serve(deployed: Deployed): void;
  };
  /** Turns flows on that were not there before. */
  turnOn(known: ReadonlySet<string>): Promise<void>;
}

/** Takes up changes until the user interrupts; gives what ends that, and waits for one under way. */
export function takeUpChanges(reloading: Reloading, isWatching: boolean, io: Io): () => Promise<void> {
  let last = Promise.resolve();
  const again = (why: string) => {
    last = last.then(() => reload(reloading, why, io));
    return last;
  };
  const forget = onHangup(() => void again('asked to'));
  const watched = isWatching ? watchFiles(reloading, again, io) : Promise.resolve();
  return async () => {
    forget();
    await watched;
    await last;
  };
}

/** From the return on no change is missed; what changed between the reading and that is taken up at once. */
function watchFiles(reloading: Reloading, again: (why: string) => Promise<void>, io: Io): Promise<void> {
  const changes = new Changes(io);
  changes.watch(placesOf(reloading.served, reloading, io));
  return followFiles(changes, reloading, again, io).finally(() => changes.close());
}

async function followFiles(
  changes: Changes,
  reloading: Reloading,
  again: (why: string) => Promise<void>,
  io: Io,
): Promise<void> {
  if (contentOf(await readAgain(reloading, io)) !== contentOf(reloading.served)) await again('changed meanwhile');
  for (;;) {
    const isFresh = changes.watch(placesOf(await readAgain(reloading, io), reloading, io));
    // What changed there before it was watched, nobody has told.
    if (isFresh) await again('read more');
    const changed = await changes.next();
    if (changed === null) return;
    await again(`${plain(changed)} changed`);
  }
}

/** Null: it cannot be read now. */
function readAgain({ path, packs }: Reloading, io: Io): Promise<Project | null> {
  return readProject(path, io, packs).catch(() => null);
}

function contentOf(project: Project | null): string {
  return JSON.stringify(project?.files.map(({ path, parsed }) => [path, parsed.document, parsed.diagnostics]) ?? null);
}

/** Files whose directories hold what is served. */
function placesOf(project: Project | null, { packs, deployed, needs }: Reloading, io: Io): readonly string[] {
  const own = project?.files.map((file) => file.path) ?? [];
  const connectors = packs.filter((name) => isConnector(name, io));
  const bundles = packs.filter((name) => isBundle(name, io));
  return [
    ...own,
    ...bundles,
    ...(project === null ? [] : deployed.places(needs(project))),
    ...connectors.flatMap((name) => [join(name, MANIFEST), join(name, FLOWS, MANIFEST)]),
  ];
}

/** Never rejects: what is faulty is told, and what was served is served. */
async function reload(reloading: Reloading, why: string, io: Io): Promise<void> {
  const { host, opened, path, packs, log } = reloading;
  const former = host.engine;
  const known = new Set(host.flows().map(({ info }) => info.id));
  try {
    const project = await readProject(path, io, packs);
    const namespaces = reloading.needs(project);
    const deployed = await reloading.deployed.find(namespaces);
    const engine = await opened.anew({ packs, namespaces, deployed: deployed.packs });
    const { loaded } = await loadRunnable(project, undefined, (part) => loadProject(part, engine));
    await sayFindings(loaded, log);
    opened.use(engine);
    await host.renew({ engine, deck: loaded.deck });
    reloading.deployed.serve(deployed);
    for (const each of deployed.served) log.say('info', `${deployedText(each)}\n`);
    await reloading.turnOn(known);
    log.say('info', `reloaded (${why}): ${changeText(known, new Set(loaded.deck.flows.map(({ id }) => id)))}\n`);
  } catch (error) {
    opened.use(former);
    log.say('error', errorText(error, log.palette));
    log.say('warn', `not reloaded (${why}): what was served before is served on\n`);
  }
}

function changeText(before: ReadonlySet<string>, after: ReadonlySet<string>): string {
  const listed = (what: string, ids: readonly string[]) =>
    ids.length === 0 ? '' : `; ${what}: ${ids.map(plain).join(', ')}`;
  const added = [...after].filter((id) => !before.has(id));
  const gone = [...before].filter((id) => !after.has(id));
  return `${count(after.size, 'flow')}${listed('new', added)}${listed('gone', gone)}`;
}
