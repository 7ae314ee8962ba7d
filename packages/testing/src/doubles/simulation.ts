/** What a simulation is made of, and what it gives. */
import type {
  Connection,
  Deck,
  Diagnostic,
  FileStore,
  FlowEvent,
  Limits,
  Pack,
  RunResult,
  Value,
} from '@flowdeck/engine';
import type { Mock } from '../mocks/types.js';
import type { BorderProblem, Unforeseen } from './border.js';
import type { Effect, PlainRecord } from './effects.js';
import type { LiveService } from './live.js';

/** What a simulation is made of. */
export interface SimulateOptions {
  /** Packs with real cards, such as `standard`. What they do not bring is simulated, their connectors included unless something is live. */
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
