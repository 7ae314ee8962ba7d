/** What a host is made of, and what it tells of its flows. */
import type { ConnectionStore, LiveConnections } from '@flowdeck/connect';
import type { ApiAccess, Clock, Connections, Deck, Engine, FlowInfo } from '@flowdeck/engine';
import type { EventPace } from '../events/pace.js';
import type { EventLog, ParkedEvent } from '../events/types.js';
import type { HostNotice } from '../notices/types.js';
import type { PollInfo } from '../polling/info.js';
import type { OpenTelemetryApi } from '../telemetry/api.js';
import type { WebhookInfo } from '../webhook/webhooks.js';
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
  /** Default: events end with the process. The host closes it. */
  readonly events?: EventLog;
  /** The engine's, for what a connection says of deliveries, and to be tested and revoked; with its `store` a revoked one is marked there. Default: none. */
  readonly connections?: Connections & { readonly store?: ConnectionStore } & Partial<
      Pick<LiveConnections, 'onRenewal'>
    >;
  /** Where services reach the host, such as `https://flows.example.com/`. Default `http://127.0.0.1:3000/`. */
  readonly publicUrl?: string | (() => string);
  /** Default: the system's. */
  readonly clock?: Clock;
  /** Runs under way at a time; further ones are refused. Default 1,000. */
  readonly maxRuns?: number;
  /** How fast events are run, by flow and by connection; what is too fast waits in the log of events. Default: as fast as they come. */
  readonly pace?: EventPace;
  /** Runs that ended and are still told. Default 1,000. */
  readonly keptRuns?: number;
  /** Runs whose history is told, the last that began: of each the cards with their values, as `createHistory` keeps them. Default 0: events cost time, and values memory. */
  readonly keptHistories?: number;
  /** Told of what nobody else hears of: a scheduled run that could not be started. */
  readonly onWarning?: (warning: { readonly code: string; readonly message: string }) => void;
  /** Told of what happens, at once and in order, for a log or metrics: deliveries, runs, polls, moments, renewals, warnings. It must be quick; what it throws is nobody's business. */
  readonly onNotice?: (notice: HostNotice) => void;
  /** `import * as openTelemetry from '@opentelemetry/api'`: metrics of what happens, and spans of deliveries and their runs. Default: none. */
  readonly openTelemetry?: OpenTelemetryApi;
}

/** A flow, as a host has it. */
export interface HostedFlow {
  /** What the deck says of it. */
  readonly info: FlowInfo;
  /** Flows of other types than `api`, `schedule`, `event` and `delegated` are started by hand, and are always on. */
  readonly on: boolean;
  /** Who may call an API flow; null for flows of other types. */
  readonly access: ApiAccess | null;
  /** What a caller of an API flow proves itself by; null for others, and before it was first on. */
  readonly token: string | null;
  /** The next moment of a schedule, or of a poll that an event flow hears, in milliseconds since 1970; null when there is none. */
  readonly next: number | null;
  /** Where the deliveries of an event flow go, and whether the service knows; null for others. */
  readonly webhook: WebhookInfo | null;
  /** How what an event flow hears is asked for; null for flows that hear no poll. */
  readonly poll: PollInfo | null;
}

/** Events that wait for their owner: their runs failed or were cut off. */
export interface ParkedEvents {
  /** The oldest first. */
  list(): readonly ParkedEvent[];
  /** Runs one again. False: there is none of that number. */
  replay(number: number): Promise<boolean>;
  /** Forgets one. False: there is none of that number. */
  drop(number: number): Promise<boolean>;
}
