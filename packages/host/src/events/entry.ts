/** The lines of a log of events. */
import type { DataObject, JsonData } from '@flowdeck/engine';
import type { LogEntry } from '../log/line.js';
import { hashOf } from './remembered.js';
import type { KeptEvent } from './types.js';

/** An event as it is written. */
export interface WrittenEvent {
  readonly n: number;
  readonly flow: string;
  readonly id: string;
  readonly key: string | null;
  readonly data: DataObject;
  readonly at: number;
  /** Of its content. */
  readonly digest: number;
  /** How often it was replayed. */
  readonly replays: number;
}

/** Events that were accepted, and what was kept beside them. */
export interface TakenEntry extends LogEntry {
  readonly k: 'taken';
  readonly events: readonly WrittenEvent[];
  readonly endOf?: number;
  readonly state?: { readonly key: string; readonly value: JsonData };
}

interface BegunEntry extends LogEntry {
  readonly k: 'begun';
  readonly n: number;
}

interface EndedEntry extends LogEntry {
  readonly k: 'ended';
  readonly n: number;
}

interface ParkedEntry extends LogEntry {
  readonly k: 'parked';
  readonly n: number;
  readonly at: number;
  readonly reason: string;
}

interface ReplayedEntry extends LogEntry {
  readonly k: 'replayed';
  readonly n: number;
}

/** An event as it is at the time of a sweep, whole. */
interface CarriedEntry extends LogEntry {
  readonly k: 'carried';
  readonly event: WrittenEvent;
  readonly begun: boolean;
  readonly parked: { readonly at: number; readonly reason: string } | null;
}

/** Ids whose events have ended: hash in Latin 1, time, digest. */
interface IdsEntry extends LogEntry {
  readonly k: 'ids';
  readonly ids: readonly (readonly [string, number, number])[];
  /** Numbers up to this one are taken. */
  readonly last: number;
}

export type EventEntry = TakenEntry | BegunEntry | EndedEntry | ParkedEntry | ReplayedEntry | CarriedEntry | IdsEntry;

/** `hash`: that of the id, where it is known. */
export function keptOf({ n, flow, id, key, data, at, replays }: WrittenEvent, hash = hashOf(flow, id)): KeptEvent {
  return { number: n, flow, id, key, data, at, runId: runIdFor(hash, replays) };
}

/** The same for the same delivery to the same flow, wherever and whenever it is run. */
export function runIdOf(flow: string, id: string, replays = 0): string {
  return runIdFor(hashOf(flow, id), replays);
}

function runIdFor(hash: string, replays: number): string {
  return `event-${Buffer.from(hash, 'latin1').toString('hex')}${replays === 0 ? '' : `-${replays}`}`;
}
