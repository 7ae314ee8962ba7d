/** Events: what happened somewhere and asks for a run of a flow, from the moment that it is accepted to the end of its run. */
import type { DataObject, JsonData } from '@flowdeck/engine';

/** An event, to be accepted. */
export interface NewEvent {
  /** Id of the flow that it is for. */
  readonly flow: string;
  /** Tells it from other events of the flow: one that was accepted before is not accepted again. Null: it is like no other. */
  readonly id: string | null;
  /** Events of a flow with the same key are run one after the other. Null: beside all others. */
  readonly key: string | null;
  /** What its run is given. */
  readonly data: DataObject;
  /** What two events of one id have in common: another content is another event, and a conflict. Null: the id says it all. */
  readonly content: string | null;
}

/** An event that is kept. */
export interface KeptEvent {
  /** Ascending in the order of acceptance; by which the log is asked. */
  readonly number: number;
  /** Id of the flow that it is for. */
  readonly flow: string;
  /** Made by the log where none was given. */
  readonly id: string;
  /** Events of a flow with the same key are run one after the other. */
  readonly key: string | null;
  /** What its run is given. */
  readonly data: DataObject;
  /** Milliseconds since 1970 at which it was accepted. */
  readonly at: number;
  /** Made of flow and id, and of how often it was replayed: the same in every life of the host, and in every host. */
  readonly runId: string;
}

/** An event whose run failed or was cut off: it is kept for its owner, who may let it run again or drop it. */
export interface ParkedEvent extends KeptEvent {
  /** Why, for people. */
  readonly reason: string;
  /** Milliseconds since 1970. */
  readonly parkedAt: number;
}

/** What became of an event that was to be accepted. */
export type Acceptance =
  /** It is kept, and will be run. */
  | { readonly kind: 'accepted'; readonly event: KeptEvent }
  /** The same was accepted before, and is not run again. */
  | { readonly kind: 'repeated' }
  /** Another one was accepted under its id. */
  | { readonly kind: 'conflict' };

/** What is kept in the same write as events. */
export interface Beside {
  /** Number of the event that they were taken out of: it has ended. */
  readonly endOf?: number;
  /** A state by its key, such as the cursor of a poll that gave the events. Null removes it. */
  readonly state?: { readonly key: string; readonly value: JsonData };
}

/** Where events are kept from acceptance to the end of their runs. */
export interface EventLog {
  /**
   * Accepts events, all or none; resolves when they would survive a power cut. In the order in which they were given.
   *
   * @throws FlowdeckError `events-full` when too much waits already; `events-disk`, `events-lost`, `events-closed`.
   */
  accept(events: readonly NewEvent[], beside?: Beside): Promise<readonly Acceptance[]>;
  /** A state that was kept beside events. */
  state(key: string): JsonData | undefined;
  /** Keys of all states that are kept. */
  stateKeys(): readonly string[];
  /** Its run is about to begin: after a crash it is not known how far it came. Resolves when that is durable. */
  begin(number: number): Promise<void>;
  /** Its run has ended well. */
  end(number: number): Promise<void>;
  /** Its run failed, or cannot be begun. */
  park(number: number, reason: string): Promise<void>;
  /** A parked event waits again, as if it had just been accepted. Null: there is none of that number. */
  replay(number: number): Promise<KeptEvent | null>;
  /** A parked event is forgotten. False: there is none of that number. */
  drop(number: number): Promise<boolean>;
  /** Events that have not ended and are not parked, in the order of their acceptance, and whether their runs were begun. */
  open(): readonly { readonly event: KeptEvent; readonly begun: boolean }[];
  /** Parked events, the oldest first. */
  parked(): readonly ParkedEvent[];
  /** How long ids are remembered, in milliseconds. */
  readonly rememberMs: number;
  /** Bytes of events that wait for the end of their runs. */
  readonly waitingBytes: number;
  /** False when it takes no more: the disk failed, or another process took the directory. */
  readonly sound: boolean;
  /** Lets writes under way be finished. */
  close(): Promise<void>;
}

/** What is told of the log that nobody has asked for. */
export interface EventsWarning {
  /** `events-torn`: an interrupted write was cut off. `events-dropped`: more was parked than is kept. `events-forgotten`: an id was forgotten before its time. */
  readonly code: 'events-torn' | 'events-dropped' | 'events-forgotten';
  /** For people. */
  readonly message: string;
}

/** The bounds of a log of events. */
export interface EventBounds {
  /** Bytes of events that wait: beyond them `accept` refuses. Default 67,108,864. */
  readonly maxWaitingBytes?: number;
  /** How long ids are remembered, in milliseconds. Default 7 days. */
  readonly rememberMs?: number;
  /** Ids that are remembered. Default 500,000. */
  readonly maxRemembered?: number;
  /** Parked events that are kept; the oldest are dropped for newer ones. Default 10,000. */
  readonly maxParked?: number;
  /** Bytes of parked events that are kept. Default 67,108,864. */
  readonly maxParkedBytes?: number;
}
