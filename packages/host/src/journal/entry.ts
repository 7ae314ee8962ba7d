/** What one line of the journal says. Values inside an entry are already encoded for JSON. */

/** A run began. */
export interface BeginEntry {
  readonly k: 'begin';
  readonly run: string;
  readonly flow: string;
  readonly revision: string;
  readonly inputs: unknown;
  readonly options: unknown;
  /** Absent: the host said nothing about the run. */
  readonly metadata?: unknown;
  readonly startedAt: number;
}

/** A step gave a value. */
export interface StepEntry {
  readonly k: 'step';
  readonly run: string;
  readonly id: string;
  readonly value: unknown;
}

/** A step or a wait for a signal failed. */
export interface FailEntry {
  readonly k: 'fail';
  readonly run: string;
  readonly id: string;
  readonly error: unknown;
}

/** A step that must not happen twice is about to be tried. */
export interface IntentEntry {
  readonly k: 'intent';
  readonly run: string;
  readonly id: string;
}

/** A wait ends at this moment, in milliseconds since 1970-01-01T00:00:00Z. */
export interface SleepEntry {
  readonly k: 'sleep';
  readonly run: string;
  readonly id: string;
  readonly until: number;
}

/** A wait for a signal gives up at this moment. */
export interface WaitEntry {
  readonly k: 'wait';
  readonly run: string;
  readonly id: string;
  readonly until: number;
}

/** A signal was delivered to a run. `n` grows over the whole journal, so it also gives the order of delivery. */
export interface SentEntry {
  readonly k: 'sent';
  readonly run: string;
  readonly n: number;
  readonly name: string;
  readonly value: unknown;
}

/** The wait `id` received signal `n`. */
export interface GotEntry {
  readonly k: 'got';
  readonly run: string;
  readonly id: string;
  readonly n: number;
}

/** A run ended. */
export interface EndEntry {
  readonly k: 'end';
  readonly run: string;
  readonly status: string;
  readonly outputs: unknown;
  readonly error: unknown;
}

/** A run ended whose `end` is gone: keeps entries of it in older segments from looking like an unfinished run. */
export interface GoneEntry {
  readonly k: 'gone';
  readonly run: string;
}

export type Entry =
  | BeginEntry
  | StepEntry
  | FailEntry
  | IntentEntry
  | SleepEntry
  | WaitEntry
  | SentEntry
  | GotEntry
  | EndEntry
  | GoneEntry;

/** An entry about one place in a run. */
export type PlaceEntry = Extract<Entry, { readonly id: string }>;
