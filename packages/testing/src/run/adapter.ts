/** What the suite asks of an engine: the seam through which any implementation can be driven. */
import type { CaseStatus } from '../cases/expectation.js';
import type { JsonObject } from '../cases/json.js';
import type { Case, CaseConnection, CaseFile, HttpSettings } from '../cases/types.js';
import type { BorderProblem } from '../doubles/border.js';
import type { Effect } from '../doubles/effects.js';
import type { HostRequest, ServedHost } from '../life/served.js';
import type { Mock } from '../mocks/types.js';
import type { ShapeFault } from '../shape/fault.js';

/** What to run: a flow file, or the flows of a connector that the engine knows. */
export type Program = { readonly document: unknown } | { readonly connector: string };

/** What an engine reports about a document. Members beyond these are free. */
export interface ReportedDiagnostic {
  /** The engine's own code; cases name those of `docs/errors.md`. */
  readonly code: string;
  /** Only an `error` refuses the document. */
  readonly severity: 'error' | 'warning' | 'info';
  /** What else the engine tells, such as `pointer` and `line`: a case may expect it. */
  readonly [member: string]: unknown;
}

/** One run that a case asks of an engine. */
export interface RunRequest {
  /** Id that the run must have. */
  readonly runId: string;
  /** Id of the flow. Absent: the program has only one. */
  readonly flow?: string;
  /** Values by field name, as JSON. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Values by field name, as JSON. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Name of the connection that the flow itself runs with. */
  readonly connection?: string;
  /** Connections by name. */
  readonly connections: Readonly<Record<string, CaseConnection>>;
  /** By name; those not named are the engine's. */
  readonly limits: Readonly<Record<string, number>>;
  /** Null: real time. Else waits end at once, time begins at `start` (milliseconds since 1970), and waits are recorded. */
  readonly clock: { readonly start: number } | null;
  /** Delivered when the run starts, and kept until it waits for them. */
  readonly signals: readonly { readonly name: string; readonly value: unknown }[];
  /** Cancels the run. */
  readonly signal: AbortSignal;
  /** Null: no HTTP. */
  readonly http: HttpSettings | null;
  /** What stands around the flow: for adapters that put doubles there. */
  readonly border: BorderRequest;
  /** Hears every event, as plain data. Null: nobody listens, as in most runs of most hosts. */
  readonly onEvent: ((event: Readonly<Record<string, unknown>>) => void) | null;
}

/** What a case puts around its flow. */
export interface BorderRequest {
  /** Its own first, then those of its file. */
  readonly mocks: readonly Mock[];
  /** True: they were recorded, and placeholders in them stand for secrets. */
  readonly recorded: boolean;
  /** Rows that tables begin with, by name or id of the table. */
  readonly tables: Readonly<Record<string, readonly JsonObject[]>>;
  /** Files by name. */
  readonly files: Readonly<Record<string, CaseFile>>;
  /** What randomness begins with. */
  readonly seed: string;
}

/** What was seen at the border of a run in doubles. */
export interface ObservedBorder {
  /** Every call, in order. */
  readonly effects: readonly Effect[];
  /** Calls that no mock foresaw. */
  readonly problems: readonly BorderProblem[];
  /** Mocks that nothing asked for, or not as often as they say: pointers as in a file of mocks. */
  readonly unused: readonly ShapeFault[];
  /** All rows at the end by id of the table, in the order in which they came, with `Row ID`, `Created` and `Updated`. */
  readonly tables: Readonly<Record<string, readonly JsonObject[]>>;
  /** Rows that were made up because an answer that was made up named them. */
  readonly madeRows: Readonly<Record<string, readonly JsonObject[]>>;
}

/** What a run came to. */
export interface Observed {
  /** How the run ended. */
  readonly status: CaseStatus;
  /** Null unless the flow ended well. */
  readonly outputs: unknown;
  /** The outputs as one value: the field itself when there is exactly one. Null unless the flow ended well. */
  readonly value: unknown;
  /** As the engine reports it, as data. Null: the flow ended well. */
  readonly error: Readonly<Record<string, unknown>> | null;
  /** What the flow answered to whoever started it, as data. Null: nothing. */
  readonly answer: unknown;
  /** Flows started beside the run, as data, in the order in which they ended. */
  readonly children: readonly Readonly<Record<string, unknown>>[];
  /** Items that failed and that a card went on without, as data, in the order in which they failed: `flow`, `card`, `index`, `error`. */
  readonly ignored: readonly Readonly<Record<string, unknown>>[];
  /** What was done to the rows of tables, as data, one for each table: `table`, `inserted`, `updated`, `removed`, `changes`. */
  readonly tables: readonly Readonly<Record<string, unknown>>[];
  /** Cards executed, those of called flows included. */
  readonly steps: number;
  /** Milliseconds of the case's clock. */
  readonly durationMs: number;
  /** Milliseconds of each wait that ended by itself, in order. Empty in real time. */
  readonly waits: readonly number[];
  /** Of an adapter that puts doubles around the flow. What is said of effects, mocks and tables is judged by it. */
  readonly border?: ObservedBorder;
}

/** A case in the names of its program. */
export interface NamedCase {
  /** The case itself. */
  readonly entry: Case;
  /** Names that the program does not have: pointers into the case. */
  readonly faults: readonly ShapeFault[];
}

/** An engine under test. Each `run` is a run on its own: no state is carried from one to the next. */
export interface Adapter {
  /** What reports call the engine, such as `flowdeck`. */
  readonly name: string;
  /** Namespaces of cards and connectors that the engine knows. */
  readonly namespaces: readonly string[];
  /** Everything there is to say about a document, warnings and notes included. */
  check(document: unknown): readonly ReportedDiagnostic[] | Promise<readonly ReportedDiagnostic[]>;
  /** The case in the names of the program, and what it names that the program does not have: with any, it is not run. */
  named?(program: Program, entry: Case): NamedCase | Promise<NamedCase>;
  /** Runs a program to its end. Rejects only when the engine itself breaks. */
  run(program: Program, request: RunRequest): Promise<Observed>;
  /** Begins a host that keeps what it must not forget. Absent: cases in which something happens to a host are skipped. */
  serve?(request: HostRequest): Promise<ServedHost>;
}
