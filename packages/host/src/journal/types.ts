/** The public types of the file journal. */
import type { Clock, JsonData, RunAnnex, RunRecord, RunSeal, Runtime, Value } from '@flowdeck/engine';

/** Something that the journal coped with and its owner should know. */
export interface JournalWarning {
  /**
   * `journal-torn`: an interrupted write was cut off. `journal-cleaning`: space could not be given back yet, of segments or of the annex.
   */
  readonly code: 'journal-torn' | 'journal-cleaning';
  /** What happened, in a sentence. */
  readonly message: string;
}

/** How `fileJournal` keeps runs. */
export interface FileJournalOptions {
  /** Directory of the journal; created when missing. One process at a time owns it. */
  readonly dir: string;
  /** Bytes after which a new segment file is begun. Default 16 MiB. */
  readonly maxSegmentBytes?: number;
  /** Version of the interpreter, kept with each run: one of another version is not resumed. Default: that of the engine. */
  readonly interpreter?: string;
  /**
   * Seals what the journal records, as `runSeal` makes it. What was recorded in the clear, or under a former key of the seal, is
   * read all the same, and sealed anew when the journal is opened; runs of another key are refused. Default: all is recorded in the clear.
   */
  readonly seal?: RunSeal;
  /** Takes what is longer than the limit `recordBytes`; sealed like the journal. It belongs to this journal alone. Default: the directory `annex` in `dir`. */
  readonly annex?: RunAnnex;
  /** Default: the time of this machine. */
  readonly clock?: Clock;
  /** Default: warnings are dropped. */
  readonly onWarning?: (warning: JournalWarning) => void;
}

/** How a run ended. */
export interface RunOutcome {
  /** The `status` of its result. */
  readonly status: string;
  /** By field name. Null: there were none, or JSON has no form for them. */
  readonly outputs: Value;
  /** Why it failed or was cancelled: the `ErrorReport` of its result, as data. Null: neither. */
  readonly error: JsonData;
  /** Milliseconds since 1970-01-01T00:00:00Z. Null: the journal did not note it yet when the run ended. */
  readonly endedAt: number | null;
}

/** A durable runtime. Give it to the engine as its runtime. */
export interface FileJournal extends Runtime {
  /** Effects and waits are recorded, and not performed again when a run is resumed. */
  readonly transient: false;
  /** The version of the interpreter whose runs it resumes. */
  readonly interpreter: string;
  /**
   * Runs that began and neither ended nor are in progress in this process, in the order in which they began. Open
   * them again with the same revision to resume them.
   *
   * @throws RunError `journal-closed` after `shutdown`.
   */
  unfinished(): Promise<readonly RunRecord[]>;
  /** Resolves when the beginning of the run is recorded: it is not lost any more. */
  begun(runId: string): Promise<void>;
  /**
   * How a run ended. Null when it did not, and when the journal no longer keeps it: an outcome goes when its segment
   * holds only ended runs and is not the one being written.
   *
   * @throws RunError `journal-closed` after `shutdown`.
   */
  result(runId: string): Promise<RunOutcome | null>;
  /** Resolves when the beginning of a run would survive a power cut, and when the journal is shut down. */
  kept(runId: string): Promise<void>;
  /** Whether a run in progress does nothing but wait for a moment or a signal. */
  isAtRest(runId: string): boolean;
  /** Resolves when a run comes to do nothing but wait, and when the journal is shut down. */
  nextRest(runId: string): Promise<void>;
  /** Gives up the runs in progress, which stay unfinished, lets writes under way finish and releases the directory. */
  shutdown(): Promise<void>;
}
