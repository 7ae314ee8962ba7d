/** `flowdeck work`: takes runs of a runtime, until it is told to stop. */
import { type Deck, type Engine, FlowdeckError, systemClock } from '@flowdeck/engine';
import { isDeck } from '@flowdeck/engine/kit';
import type { DeckStore } from '@flowdeck/host';
import type { Arguments } from '../arguments.js';
import type { Command } from '../command.js';
import { withStore } from '../connections/live.js';
import { hasKey } from '../connections/store.js';
import { everyBuiltIn } from '../engine/built-in.js';
import { openEngine } from '../engine/engine.js';
import { UsageError } from '../errors.js';
import { EXIT } from '../exit.js';
import { paletteFor } from '../output/colour.js';
import { diagnosticText } from '../output/diagnostics.js';
import { count, plain, prettyJson } from '../output/text.js';
import { loadProject, loadRunnable } from '../project/load.js';
import { readProject } from '../project/read.js';
import { readConnections } from '../run/connections.js';
import { runtimeAt } from '../runtimes/place.js';
import { type Io, interrupted } from '../system/io.js';
import { join, resolve } from '../system/node.js';

export const work: Command = async (args, io) => {
  // Asked for at once: an interrupt before the worker takes runs ends it in order, too.
  const { signal } = io;
  const address = args.value('runtime');
  if (address === undefined) throw noRuntime();
  const place = runtimeAt(address, io);
  const project = await readProject(args.operand, io, args.values('pack'));
  const connections = await readConnections(args.values('connection'), io);
  const ground = await place.ground(args);
  try {
    const request = {
      packs: args.values('pack'),
      // Decks of earlier workers may need others than this one does.
      namespaces: everyBuiltIn(),
      connections: hasKey(args, io) ? await withStore(connections, args, io, { clock: systemClock() }) : connections,
      allowHosts: args.values('allow-host'),
      clock: systemClock(),
      ...ground.ports,
    };
    const { engine, close } = await openEngine(request, io);
    try {
      const { loaded } = await loadRunnable(project, undefined, (part) => loadProject(part, engine));
      const palette = paletteFor(io.stderr, io.env);
      for (const each of loaded.diagnostics) io.stderr.write(diagnosticText(each, palette));
      const { deck } = loaded;
      if (isDeck(deck.document) && deck.document.tables !== undefined && ground.ports.tables === undefined)
        io.stderr.write('warning: rows of tables are kept in memory, by each worker for itself\n');
      const decks = await heldDecks(deck, engine, decksOf(ground.decks, args, io), io);
      const where = await ground.work({ engine, decks });
      sayWhatIsTaken({ runtime: place.name, where, deck, decks }, args, io);
      await interrupted({ signal });
      io.stderr.write('stopping: what is under way goes on with another worker\n');
    } finally {
      await close();
    }
  } finally {
    await ground.close();
  }
  return EXIT.ok;
};

/** Where decks outlive this worker; null: nowhere. */
function decksOf(dir: string | null, args: Arguments, io: Io): string | null {
  const store = args.value('store');
  return dir ?? (store === undefined ? null : join(resolve(io.cwd, store), 'decks'));
}

/** The deck, and those of earlier workers: runs that began with one of them go on with it. */
async function heldDecks(deck: Deck, engine: Engine, dir: string | null, io: Io): Promise<ReadonlyMap<string, Deck>> {
  const held = new Map([[deck.revision, deck]]);
  if (dir === null) return held;
  const { deckStore } = await import('@flowdeck/host');
  const store: DeckStore = deckStore(dir);
  await store.keep(deck.revision, deck.document);
  for (const revision of await store.revisions()) {
    if (held.has(revision)) continue;
    const kept = await keptDeck(store, revision, engine);
    if (typeof kept === 'string') io.stderr.write(`warning: revision ${revision} is left out: ${plain(kept)}\n`);
    else held.set(revision, kept);
  }
  return held;
}

/** A deck, or why it is none any more. */
async function keptDeck(store: DeckStore, revision: string, engine: Engine): Promise<Deck | string> {
  try {
    const deck = engine.load(await store.read(revision));
    return deck.revision === revision ? deck : 'it was written for other packs';
  } catch (error) {
    if (error instanceof FlowdeckError) return error.message;
    throw error;
  }
}

interface Taken {
  readonly runtime: string;
  readonly where: string | null;
  readonly deck: Deck;
  readonly decks: ReadonlyMap<string, Deck>;
}

function sayWhatIsTaken({ runtime, where, deck, decks }: Taken, args: Arguments, io: Io): void {
  const { revision, flows } = deck;
  if (args.has('json')) {
    const told = { ok: true, runtime, revision, revisions: [...decks.keys()], flows: flows.map(({ id }) => id) };
    io.stdout.write(`${prettyJson(told)}\n`);
    return;
  }
  const older = decks.size === 1 ? '' : `, and of ${count(decks.size - 1, 'earlier revision')}`;
  io.stdout.write(`Takes runs of revision ${revision}${older} from ${plain(runtime)}\n`);
  if (where !== null) io.stdout.write(`  ${plain(where)}\n`);
}

function noRuntime(): UsageError {
  return new UsageError('runtime-option', '"flowdeck work" needs to know where runs come from.', {
    hint: 'Give it as --runtime journal:runs/, restate://localhost:8080 or postgres://localhost/flows.',
  });
}
