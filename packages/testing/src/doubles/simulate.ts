/** Runs a flow without touching the world, and tells what it would have done. */
import {
  createEngine,
  type Deck,
  type DeckDocument,
  type FileStore,
  type FlowEvent,
  type FlowFile,
  type Limits,
  memoryFiles,
  memoryTables,
  type Pack,
  type RunResult,
  type TableStore,
  type Value,
} from '@flowdeck/engine';
import { isDeck, namespacesOf } from '@flowdeck/engine/kit';
import { instantClock } from '../clock/instant-clock.js';
import type { Mock } from '../mocks/types.js';
import { Border } from './border.js';
import type { Effect } from './effects.js';
import { EPOCH } from './plausible.js';
import { plausibleInputs } from './plausible-inputs.js';
import { seededSource } from './seeded-random.js';
import { simulatedHttp } from './simulated-http.js';
import { requiredPacks, simulatedPacks } from './stand-ins.js';

export interface SimulateOptions {
  /** Packs with real cards, such as `standard`. What they do not bring is simulated. */
  readonly packs: readonly Pack[];
  /** Versions of connectors that are simulated although they are at hand, by key: what the document requires is held to them. */
  readonly versions?: ReadonlyMap<string, string>;
  /** What answers at the border; what no mock answers is made up. */
  readonly mocks?: readonly Mock[];
  /** Same seed, same run. Default `''`. */
  readonly seed?: string;
  /** Default: tables of the document, empty. Rows by table id fill them. */
  readonly rows?: Readonly<Record<string, readonly Readonly<Record<string, Value>>[]>>;
  /** Where files are kept that inputs name. Default: every run has files of its own. */
  readonly files?: FileStore;
  readonly limits?: Partial<Limits>;
}

export interface SimulatedRun {
  /** Id or name. Default: the only flow that is not a helper. */
  readonly flow?: string;
  /** Default: generated from the signature and the seed. Given ones win. */
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly options?: Readonly<Record<string, unknown>>;
  /** Cancels the run. */
  readonly signal?: AbortSignal;
  /** Hears what the run does. Its times are simulated too. */
  readonly onEvent?: (event: FlowEvent) => void;
}

export type SimulatedResult = RunResult & {
  /** What the run would have done to the world, in order. */
  readonly effects: readonly Effect[];
};

export interface Simulation {
  readonly deck: Deck;
  /** Every run begins anew: empty effects, fresh tables, the same time. */
  run(run?: SimulatedRun): Promise<SimulatedResult>;
}

/** A simulation has no time to run out of; what does not end runs out of steps. */
const LIMITS: Partial<Limits> = {
  steps: 50_000,
  callDepth: 60,
  wallTimeMs: Number.POSITIVE_INFINITY,
  cardTimeMs: Number.POSITIVE_INFINITY,
};

/**
 * Prepares a document for simulated runs.
 *
 * @throws DocumentError or PlanError, as `engine.load` does.
 * @example
 * const simulation = simulate(document, { packs: [standard] });
 * const { status, effects } = await simulation.run({ flow: 'onboard' });
 */
export function simulate(document: FlowFile, options: SimulateOptions): Simulation {
  const seed = options.seed ?? '';
  const mocks = options.mocks ?? [];
  const deckDocument: DeckDocument = isDeck(document) ? document : { flowdeck: 1, flows: [document] };
  const known = new Set(options.packs.flatMap((pack) => (pack.cards ?? []).map((card) => card.id)));
  const versions = new Map([
    ...options.packs.flatMap((pack) => namespacesOf(pack).map((namespace) => [namespace, pack.version] as const)),
    ...(options.versions ?? []),
  ]);
  const withStandIns = (border: Border): readonly Pack[] => {
    const packs = [...options.packs, ...simulatedPacks(deckDocument, known, { stage: { border, seed }, versions })];
    return [...packs, ...requiredPacks(deckDocument, new Set(packs.flatMap(namespacesOf)))];
  };
  const open = (border: Border, tables?: TableStore) => {
    const clock = instantClock(EPOCH);
    let runs = 0;
    return createEngine({
      packs: withStandIns(border),
      limits: { ...LIMITS, ...options.limits },
      ports: {
        clock,
        files: options.files ?? memoryFiles(clock),
        ...(tables ? { tables } : {}),
        http: simulatedHttp(border, clock),
        random: seededSource(`${seed}/random`),
        ids: { run: () => `simulated-${++runs}` },
        connections: { get: (name) => ({ connector: connectorOf(deckDocument, name), auth: {} }) },
      },
    });
  };
  return {
    deck: open(new Border([], 'make-up')).load(document),
    async run(run = {}) {
      const border = new Border(mocks, 'make-up');
      const tables = await openTables(deckDocument, options.rows ?? {});
      const engine = open(border, tables);
      const deck = engine.load(document);
      const flow = deckDocument.flows.find((candidate) => candidate.id === deck.find(run.flow).id);
      if (run.onEvent) engine.on('*', run.onEvent);
      const generated = flow ? plausibleInputs(flow, seed) : { inputs: {}, options: {} };
      const result = await engine.run(deck, {
        ...(run.flow === undefined ? {} : { flow: run.flow }),
        inputs: { ...generated.inputs, ...run.inputs },
        options: { ...generated.options, ...run.options },
        ...(run.signal === undefined ? {} : { signal: run.signal }),
      });
      return { ...result, effects: border.effects };
    },
  };
}

function connectorOf(document: DeckDocument, connection: string): string {
  const connections = document.meta?.['connections'];
  const known = typeof connections === 'object' && connections !== null ? Object.entries(connections) : [];
  const found = known.find(([name]) => name === connection)?.[1];
  return typeof found === 'string' && found !== '' ? found : 'simulated';
}

async function openTables(
  document: DeckDocument,
  rows: Readonly<Record<string, readonly Readonly<Record<string, Value>>[]>>,
): Promise<TableStore> {
  const tables = memoryTables(instantClock(EPOCH));
  for (const { id, name = id, columns } of document.tables ?? []) {
    await tables.define({ id, name, columns });
    if (Object.hasOwn(rows, id)) await tables.insert(id, rows[id] ?? []);
  }
  return tables;
}
