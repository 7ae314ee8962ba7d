/** What event flows need of their host. */
import type { Clock, FlowInfo, RunOptions, RunResult } from '@flowdeck/engine';
import { eventsInMemory } from '../events/open.js';
import type { EventPace } from '../events/pace.js';
import type { EventLog } from '../events/types.js';
import type { RunOutcome } from '../journal/types.js';
import type { Watch } from '../notices/watch.js';
import type { Traces } from '../telemetry/traces.js';
import type { HostOptions } from './host-types.js';
import type { Served } from './served.js';
import type { WatchedOptions } from './watched.js';

export interface EventFlowsHost {
  readonly clock: Clock;
  readonly log: EventLog;
  served(): Served;
  readonly connections: NonNullable<HostOptions['connections']> | null;
  readonly isLasting: boolean;
  /** How a run ended that an earlier host began; null: nobody knows. */
  outcomeOf(runId: string): Promise<RunOutcome | null>;
  readonly maxRuns: number;
  readonly pace: EventPace;
  publicUrl(): string;
  isOn(flow: string): boolean;
  isBusy(): boolean;
  /** Begins a run of a flow of the host's deck. */
  begin(flow: FlowInfo, options: Omit<RunOptions, 'flow'>): Promise<RunResult>;
  readonly watch: Pick<Watch, 'tell'>;
  readonly traces: Traces | null;
  warn(code: string, message: string): void;
}

/** The host of event flows, of these options. */
export function eventFlowsHost(
  {
    events,
    connections,
    lasting,
    maxRuns = 1_000,
    pace = {},
    onWarning,
    clock,
    watch,
    traces,
    metrics,
  }: WatchedOptions,
  {
    live,
    ...parts
  }: Pick<EventFlowsHost, 'served' | 'publicUrl' | 'isOn' | 'begin'> & {
    /** Runs under way. */
    live(): number;
  },
): EventFlowsHost {
  const log = events ?? eventsInMemory({}, clock);
  metrics?.measure({ waitingBytes: () => log.waitingBytes, live });
  return {
    ...parts,
    ...{ clock, watch, traces, log },
    connections: connections ?? null,
    isLasting: lasting !== undefined,
    outcomeOf: async (runId) => (await lasting?.journal.result(runId)) ?? null,
    maxRuns,
    pace,
    isBusy: () => live() >= maxRuns,
    warn: (code, message) => onWarning({ code, message }),
  };
}
