/** What the suite asks of an engine: the seam through which any implementation can be driven. */
import type { CaseConnection, CaseStatus, HttpSettings } from '../cases/types.js';

/** What to run: a flow file, or the flows of a connector that the engine knows. */
export type Program = { readonly document: unknown } | { readonly connector: string };

/** What an engine reports about a document. Members beyond these are free. */
export interface ReportedDiagnostic {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly [member: string]: unknown;
}

export interface RunRequest {
  readonly runId: string;
  readonly flow?: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly options: Readonly<Record<string, unknown>>;
  readonly connection?: string;
  readonly connections: Readonly<Record<string, CaseConnection>>;
  readonly limits: Readonly<Record<string, number>>;
  /** Null: real time. Else waits end at once, time begins at `start` (milliseconds since 1970), and waits are recorded. */
  readonly clock: { readonly start: number } | null;
  readonly signals: readonly { readonly name: string; readonly value: unknown }[];
  /** Cancels the run. */
  readonly signal: AbortSignal;
  /** Null: no HTTP. */
  readonly http: HttpSettings | null;
  /** Hears every event, as plain data. Null: nobody listens, as in most runs of most hosts. */
  readonly onEvent: ((event: Readonly<Record<string, unknown>>) => void) | null;
}

/** What a run came to. */
export interface Observed {
  readonly status: CaseStatus;
  /** Null unless the flow ended well. */
  readonly outputs: unknown;
  readonly value: unknown;
  readonly error: Readonly<Record<string, unknown>> | null;
  readonly answer: unknown;
  readonly children: readonly Readonly<Record<string, unknown>>[];
  readonly steps: number;
  readonly durationMs: number;
  /** Milliseconds of each wait that ended by itself, in order. Empty in real time. */
  readonly waits: readonly number[];
}

/** An engine under test. Each `run` is a run on its own: no state is carried from one to the next. */
export interface Adapter {
  readonly name: string;
  /** Namespaces of cards and connectors that the engine knows. */
  readonly namespaces: readonly string[];
  /** Everything there is to say about a document, warnings and notes included. */
  check(document: unknown): readonly ReportedDiagnostic[] | Promise<readonly ReportedDiagnostic[]>;
  /** Runs a program to its end. Rejects only when the engine itself breaks. */
  run(program: Program, request: RunRequest): Promise<Observed>;
}
