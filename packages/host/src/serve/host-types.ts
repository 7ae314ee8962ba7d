/** What a host is made of, and a flow as it has it. */
import type { ApiAccess, Clock, Deck, Engine, FlowInfo } from '@flowdeck/engine';
import type { FlowStore } from './flow-store.js';
import type { Lasting } from './lasting-runs.js';

/** What a host is made of. */
export interface HostOptions {
  /** Runs the flows. It loaded the deck. */
  readonly engine: Engine;
  /** Whose flows they are. */
  readonly deck: Deck;
  /** Default: states end with the process, and every flow begins off. */
  readonly store?: FlowStore;
  /** Lets runs outlive the host; its journal is the runtime of the engine. Default: runs end with the host. */
  readonly lasting?: Lasting;
  /** Default: the system's. */
  readonly clock?: Clock;
  /** Runs under way at a time; further ones are refused. Default 1,000. */
  readonly maxRuns?: number;
  /** Runs that ended and are still told. Default 1,000. */
  readonly keptRuns?: number;
  /** Told of what nobody else hears of: a scheduled run that could not be started. */
  readonly onWarning?: (warning: { readonly code: string; readonly message: string }) => void;
}

/** A flow, as a host has it. */
export interface HostedFlow {
  /** What the deck says of it. */
  readonly info: FlowInfo;
  /** Flows of other types than `api` and `schedule` are started by hand, and are always on. */
  readonly on: boolean;
  /** Who may call an API flow; null for flows of other types. */
  readonly access: ApiAccess | null;
  /** What a caller of an API flow proves itself by; null for others, and before it was first on. */
  readonly token: string | null;
  /** The next moment of a schedule, in milliseconds since 1970; null when there is none. */
  readonly next: number | null;
}
