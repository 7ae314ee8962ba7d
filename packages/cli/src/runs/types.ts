/** Runs that outlive the command, and what may be done with them. */
import type { FlowFile, History, JsonData } from '@flowdeck/engine';

/** A run, for people. */
export interface RunInfo {
  readonly runId: string;
  /** Null: not known, or the only one of its deck. */
  readonly flow: string | null;
  /** What started it, where that is known. */
  readonly trigger: string | null;
  /** As ISO 8601. Null: not known any more. */
  readonly startedAt: string | null;
  /** `running`, `waiting` for a worker, or how it ended. */
  readonly status: string;
  readonly durationMs: number | null;
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** What a run did, and the document that it ran. */
export interface RecordedRun {
  readonly history: History;
  readonly document: FlowFile;
}

export interface RunSource {
  /** The newest first. */
  list(flow: string | undefined): Promise<readonly RunInfo[]>;
  find(runId: string): Promise<RunInfo | null>;
  /** Null: there is no such run. @throws UsageError `run-unrecorded` where nothing is kept of what it did. */
  recorded(runId: string): Promise<RecordedRun | null>;
  /** False: no such run is under way. */
  cancel(runId: string): Promise<boolean>;
  /** False: no such run is under way. */
  signal(runId: string, name: string, value: JsonData): Promise<boolean>;
  close(): Promise<void>;
}
