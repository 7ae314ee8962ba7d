/** Runs a flow without touching the world, and tells what it would have done. */
import {
  type Connection,
  type Deck,
  type DeckDocument,
  type Diagnostic,
  DocumentError,
  type FileStore,
  type FlowEvent,
  type FlowFile,
  type Limits,
  type Pack,
  type RunResult,
  type Value,
} from '@flowdeck/engine';
import { fieldName, isDeck, parseDocument } from '@flowdeck/engine/kit';
import { instantClock } from '../clock/instant-clock.js';
import { START } from '../clock/start.js';
import { steppingClock } from '../clock/stepping-clock.js';
import type { TestingCode } from '../codes.js';
import { nameMocks } from '../mocks/names.js';
import type { Leftover } from '../mocks/script.js';
import type { Mock } from '../mocks/types.js';
import { SecretBook } from '../record/secret-book.js';
import { allRows } from './all-rows.js';
import { Border, type BorderProblem, type Unforeseen } from './border.js';
import { refined } from './demand.js';
import { Demands } from './demands.js';
import { type Effect, type PlainRecord, recorded } from './effects.js';
import { LiveCalls, type LiveService } from './live.js';
import { withMockedFlows } from './mocked-flows.js';
import { ROW_ID } from './named-rows.js';
import type { Stage } from './perform.js';
import { madeInputs } from './plausible-inputs.js';
import { missingCards } from './stand-ins.js';
import { engineFor, openTables, type World } from './world.js';

/** What a simulation is made of. */
export interface SimulateOptions {
  /** Packs with real cards, such as `standard`. What they do not bring is simulated. */
  readonly packs: readonly Pack[];
  /** Versions of connectors that are simulated although they are at hand, by key: what the document requires is held to them. */
  readonly versions?: ReadonlyMap<string, string>;
  /** What answers at the border. */
  readonly mocks?: readonly Mock[];
  /**
   * What becomes of calls that no mock answers, of outputs that an answer leaves out, and of inputs that are not given.
   * `make-up` (default): plausible values. `make-up-answers`: plausible values for calls only. `refuse`: such a call fails with `mock-missing`, the rest is null or left out.
   */
  readonly unforeseen?: Unforeseen;
  /**
   * `usual` (default): values are what is likely. `wide`: they vary, so that a flow takes other ways: what it compares with
   * is there as often as not, lists may be empty, searches find a row, HTTP answers what the flow reads of it.
   */
  readonly values?: 'usual' | 'wide';
  /** Same seed, same run. Default `''`. */
  readonly seed?: string;
  /** Default: tables of the document, empty. Rows by table id fill them; a `Row ID` among the values is the id of the row. */
  readonly rows?: Readonly<Record<string, readonly Readonly<Record<string, Value>>[]>>;
  /** When time begins. Default 2024-01-01T00:00:00Z. */
  readonly now?: Date;
  /** Where files are kept that inputs name. Default: every run has files of its own. */
  readonly files?: FileStore;
  /** Connections by name. Default: each name that a card gives has one, without credentials. */
  readonly connections?: Readonly<Record<string, Connection>>;
  /** Over those of a simulation, which has no time to run out of. */
  readonly limits?: Partial<Limits>;
  /** True: the mocks were recorded, with placeholders in place of secrets; calls are compared by the same rule. Default false. */
  readonly recorded?: boolean;
  /** What really answers, to record it: cards of connectors that are at hand, and HTTP. Waits then take their time. Default: nothing outside is reached. */
  readonly live?: LiveService;
}

/** One run of a simulation. */
export interface SimulatedRun {
  /** Id or name. Default: the only flow that is not a helper. */
  readonly flow?: string;
  /** Default: generated from the signature and the seed. Given ones win. */
  readonly inputs?: Readonly<Record<string, unknown>>;
  /** As `inputs`. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** What `context/execution_time` is: when a schedule meant the run to start. Default: when time begins. */
  readonly executionTime?: Date;
  /** Default `simulated-1`. */
  readonly runId?: string;
  /** Name of the connection that the flow itself runs with. */
  readonly connection?: string;
  /** Signals from outside, delivered at the start and kept until the run waits for them. */
  readonly signals?: readonly { readonly name: string; readonly value: Value }[];
  /** Cancels the run. */
  readonly signal?: AbortSignal;
  /** Hears what the run does. Its times are simulated too. */
  readonly onEvent?: (event: FlowEvent) => void;
}

/** What a run gave, and what it would have done. */
export type SimulatedResult = RunResult & {
  /** What the run would have done to the world, in order. */
  readonly effects: readonly Effect[];
  /** Calls that the mocks did not foresee, in order: also those of which the flow caught the error. */
  readonly problems: readonly BorderProblem[];
  /** Mocks that nothing asked for, or not as often as they say: warnings, with pointers into a file of the mocks. */
  readonly unused: readonly Diagnostic[];
  /** Milliseconds of every wait that ended by itself, in order. */
  readonly waits: readonly number[];
  /** All rows at the end by table id, in the order in which they came, as JSON, with `Row ID`, `Created` and `Updated`. */
  readonly rows: Readonly<Record<string, readonly PlainRecord[]>>;
  /** Rows that were made up because a made-up id was asked for, by table id: with them, a run finds what this one found. */
  readonly madeRows: Readonly<Record<string, readonly PlainRecord[]>>;
};

/** A document that is ready to be simulated. */
export interface Simulation {
  /** As it is run: loaded, with stand-ins for what the packs do not bring. */
  readonly deck: Deck;
  /** Names in the mocks that the deck does not have: warnings, with pointers into a file of the mocks. */
  readonly misnamed: readonly Diagnostic[];
  /** Every run begins anew: empty effects, fresh tables, the same time. */
  run(run?: SimulatedRun): Promise<SimulatedResult>;
}

/**
 * Prepares a document for simulated runs.
 *
 * @throws DocumentError or PlanError, as `engine.load` does.
 * @example
 * const simulation = simulate(document, { packs: [standard] });
 * const { status, effects } = await simulation.run({ flow: 'onboard' });
 */
export function simulate(document: FlowFile, options: SimulateOptions): Simulation {
  const { seed = '', mocks: written = [], now = new Date(START), unforeseen = 'make-up' } = options;
  const parsed = parseDocument(document);
  if (parsed.document === null) throw new DocumentError(parsed.diagnostics);
  const whole: DeckDocument = isDeck(document) ? document : { flowdeck: 1, flows: [document] };
  const types = new Map(options.packs.flatMap((pack) => (pack.cards ?? []).map((card) => [card.id, card] as const)));
  const { mocks: named, faults } = nameMocks(written, whole, missingCards(whole, new Set(types.keys())));
  const { document: deckDocument, mocks } = withMockedFlows(whole, named);
  const secrets = options.recorded === true ? secretsIn(options) : null;
  const demands = new Demands(whole, types);
  const refine: Stage['refine'] = (flow, root, field) => refined(field, demands.of(flow, root, fieldName(field)));
  const world: World = {
    document: deckDocument,
    packs: options.packs,
    versions: options.versions ?? new Map(),
    limits: options.limits ?? {},
    seed,
    now: now.getTime(),
    files: options.files ?? null,
    rows: options.rows ?? {},
    connections: options.connections ?? null,
    refine,
    live: options.live ?? null,
    isWide: options.values === 'wide',
  };
  // What is loaded keeps the form of what was given, unless a mock stands for one of its flows.
  const loaded = deckDocument === whole ? parsed : deckDocument;
  const deck = engineFor(world, new Border([], 'make-up'), new Set(), instantClock(world.now)).load(loaded);
  return {
    deck,
    misnamed: faults.map(({ pointer, message, hint }) => warning('mock-unknown', pointer, message, hint)),
    async run(run = {}) {
      const border = new Border(mocks, unforeseen, secrets);
      const made = new Set<string>();
      const madeRows: Record<string, PlainRecord[]> = {};
      const { tables, asked } = await openTables(world, made, (table, id, cells) => {
        const known = madeRows[table] ?? [];
        madeRows[table] = known;
        known.push({ [ROW_ID]: id, ...recorded(cells) });
      });
      const clock = world.live === null ? instantClock(world.now) : steppingClock(world.now);
      const engine = engineFor(world, border, made, clock, asked);
      const deck = engine.load(loaded);
      const { id } = deck.find(run.flow);
      const flow = deckDocument.flows.find((candidate) => candidate.id === id);
      if (run.onEvent) engine.on('*', run.onEvent);
      if (world.live !== null) engine.on('*', new LiveCalls(engine, deckDocument, border).hear);
      const generated =
        flow && unforeseen === 'make-up'
          ? madeInputs(flow, {
              seed,
              now: world.now,
              isWide: world.isWide,
              onText: (text) => made.add(text),
              refine: (root, field) => refine(flow.id, root, field),
            })
          : { inputs: {}, options: {} };
      const { executionTime, signals = [] } = run;
      const handle = engine.start(deck, {
        flow: id,
        ...(run.runId === undefined ? {} : { runId: run.runId }),
        ...(run.connection === undefined ? {} : { connection: run.connection }),
        inputs: { ...generated.inputs, ...run.inputs },
        options: { ...generated.options, ...run.options },
        ...(executionTime === undefined ? {} : { startedAt: executionTime.getTime() }),
        ...(run.signal === undefined ? {} : { signal: run.signal }),
      });
      const delivered = signals.map(({ name, value }) => handle.signal(name, value));
      const [result] = await Promise.all([handle.result, ...delivered]);
      // A run that was meant to start earlier did not take longer for it.
      const early = executionTime === undefined ? 0 : world.now - executionTime.getTime();
      const durationMs = result.durationMs - early;
      return {
        ...result,
        durationMs,
        effects: border.effects,
        problems: border.problems,
        unused: border.leftovers().map(unusedMock),
        waits: clock.waits,
        rows: await allRows(tables, deckDocument),
        madeRows,
      };
    },
  };
}

function secretsIn({ connections = {}, mocks }: SimulateOptions): SecretBook {
  const book = new SecretBook();
  book.addConnections(connections);
  book.addPlaceholders(mocks);
  return book;
}

function warning(code: TestingCode, pointer: string, message: string, hint: string): Diagnostic<TestingCode> {
  return { severity: 'warning', code, message, pointer, hint };
}

function unusedMock({ index, used, foreseen }: Leftover): Diagnostic {
  const message =
    used === 0
      ? `Nothing asked for mock ${index + 1}.`
      : `Mock ${index + 1} was asked for ${used} of ${foreseen ?? 'more'} times.`;
  const hint = 'Take it out, correct what keeps it from fitting, or mark it "optional".';
  return warning('mock-unused', `/mocks/${index}`, message, hint);
}
