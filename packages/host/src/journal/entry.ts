/** What one line of the journal says. Values inside an entry are already encoded for JSON. */

import type { DataObject, JsonData } from '@flowdeck/engine';

/** The form in which the entries of a run are written. */
export const RUN_FORMAT = 2;

/** A run began. */
export interface BeginEntry {
  readonly k: 'begin';
  /** How the entries of the run are written. Runs of older versions are of another form, and have none. */
  readonly v: typeof RUN_FORMAT;
  readonly run: string;
  readonly flow: string;
  readonly revision: string;
  readonly inputs: JsonData;
  readonly options: JsonData;
  /** Absent: the host said nothing about the run. */
  readonly metadata?: DataObject;
  /** Absent: the flow itself runs with none. */
  readonly connection?: string;
  /** Absent: the host set none for this run. */
  readonly limits?: DataObject;
  /** Version of the interpreter. Absent in journals that were begun before there was a second one. */
  readonly interpreter?: string;
  readonly startedAt: number;
}

/** A step was performed. */
export interface StepEntry {
  readonly k: 'step';
  readonly run: string;
  readonly id: string;
  /** What came of it, as the engine encodes it: an error too. */
  readonly value: JsonData;
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

/** A wait for a signal gave up. */
export interface MissedEntry {
  readonly k: 'missed';
  readonly run: string;
  readonly id: string;
}

/** A signal was delivered to a run. `n` grows over the whole journal, so it also gives the order of delivery. */
export interface SentEntry {
  readonly k: 'sent';
  readonly run: string;
  readonly n: number;
  readonly name: string;
  readonly value: JsonData;
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
  readonly outputs: JsonData;
  readonly error: JsonData;
  /** Milliseconds since 1970-01-01T00:00:00Z. Absent in journals of before there was a need for it. */
  readonly at?: number;
}

/** A run ended whose `end` is gone: keeps entries of it in older segments from looking like an unfinished run. */
export interface GoneEntry {
  readonly k: 'gone';
  readonly run: string;
}

export type Entry =
  | BeginEntry
  | StepEntry
  | SleepEntry
  | WaitEntry
  | MissedEntry
  | SentEntry
  | GotEntry
  | EndEntry
  | GoneEntry;

/** An entry about one place in a run. */
export type PlaceEntry = Extract<Entry, { readonly id: string }>;
