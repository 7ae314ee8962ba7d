/** What the journal holds of one unfinished run: a fold of its entries that does not mind their order. */
import type { DataObject, RunRecord, ValueObject } from '@flowdeck/engine';
import { decodeValue, INTERPRETER, isPlainObject } from '@flowdeck/engine/kit';
import type { BeginEntry, Entry, PlaceEntry, SentEntry } from './entry.js';

export interface History {
  begin: BeginEntry | null;
  /** The last word on every place of the run. */
  readonly places: Map<string, PlaceEntry>;
  /** Signals by number, taken or not. */
  readonly sent: Map<number, SentEntry>;
}

export function emptyHistory(): History {
  return { begin: null, places: new Map(), sent: new Map() };
}

/** Compaction copies entries behind later ones and a crash can leave both, so order and repetition mean nothing here. */
export function fold(history: History, entry: Entry): void {
  switch (entry.k) {
    case 'begin':
      history.begin = entry;
      break;
    case 'sent':
      history.sent.set(entry.n, entry);
      break;
    case 'wait':
      if (!history.places.has(entry.id)) history.places.set(entry.id, entry);
      break;
    case 'step':
    case 'missed':
    case 'sleep':
    case 'got':
      history.places.set(entry.id, entry);
      break;
    case 'end':
    case 'gone':
      break;
  }
}

/** The signals that nobody has received, in the order of their delivery. */
export function unreceived(history: History): SentEntry[] {
  const received = new Set<number>();
  for (const place of history.places.values()) if (place.k === 'got') received.add(place.n);
  return [...history.sent.values()].filter((signal) => !received.has(signal.n)).sort((a, b) => a.n - b.n);
}

/** Values by name, as they were written. */
function namedValues(stored: unknown): ValueObject {
  const values = decodeValue(stored);
  return isPlainObject(values) ? values : {};
}

export function recordOf(begin: BeginEntry): RunRecord {
  return {
    runId: begin.run,
    flow: begin.flow,
    revision: begin.revision,
    inputs: namedValues(begin.inputs),
    options: namedValues(begin.options),
    ...(isPlainObject(begin.metadata) && { metadata: begin.metadata as DataObject }), // written as it was, which is JSON
    ...(begin.connection !== undefined && { connection: begin.connection }),
    ...(isPlainObject(begin.limits) && { limits: begin.limits as Record<string, number> }), // written as they were
    interpreter: begin.interpreter ?? INTERPRETER,
    startedAt: begin.startedAt,
  };
}
