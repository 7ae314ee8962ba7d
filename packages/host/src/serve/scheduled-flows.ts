/** Flows of type `schedule` in a host: watched while they are on, whichever version of them is served. */
import type { Clock, FlowdeckError, Schedule } from '@flowdeck/engine';
import { deepEqual, toData } from '@flowdeck/engine/kit';
import { momentAfter } from '../schedule/moments.js';
import { Scheduler } from '../schedule/scheduler.js';
import { neverComes } from './errors.js';
import type { FlowStore } from './flow-store.js';
import { type ScheduledHost, ScheduledRuns } from './scheduled-runs.js';
import type { Served } from './served.js';

/** What they need of their host. */
export interface ScheduledFlowsHost extends Pick<ScheduledHost, 'begin' | 'isStopping' | 'warn' | 'watch'> {
  readonly clock: Clock;
  readonly store: FlowStore;
  served(): Served;
}

export class ScheduledFlows {
  readonly runs: ScheduledRuns;
  readonly #host: ScheduledFlowsHost;
  readonly #scheduler: Scheduler;

  constructor(host: ScheduledFlowsHost) {
    this.#host = host;
    this.runs = new ScheduledRuns({
      store: host.store,
      watch: host.watch,
      overlapOf: (flow) => host.served().triggers.schedules.get(flow)?.overlap,
      begin: (flow, metadata) => host.begin(flow, metadata),
      isStopping: () => host.isStopping(),
      warn: host.warn,
    });
    this.#scheduler = new Scheduler(host.clock, (flow, due) => this.runs.fire(flow, due));
  }

  start(): void {
    for (const flow of this.#host.served().triggers.schedules.keys()) this.watch(flow);
    this.#scheduler.start();
  }

  stop(): void {
    this.#scheduler.stop();
  }

  /** The next moment of a flow; null when it has none. */
  next(flow: string): number | null {
    return this.#scheduler.next(flow);
  }

  /** Why a flow would never run by its schedule; null for one that would, and for one without a schedule. */
  never(flow: string): FlowdeckError | null {
    const schedule = this.#host.served().triggers.schedules.get(flow);
    if (schedule === undefined) return null;
    try {
      return momentAfter(schedule, this.#host.clock.now()) === null ? neverComes(flow, schedule, null) : null;
    } catch (error) {
      return neverComes(flow, schedule, error);
    }
  }

  /** The flow was turned on or off, or is another one. One that cannot be watched is told: the others go on. */
  watch(flow: string): void {
    this.#scheduler.remove(flow);
    const schedule = this.#host.served().triggers.schedules.get(flow);
    const state = this.#host.store.get(flow);
    if (schedule === undefined || !state?.on) return;
    try {
      this.#scheduler.add(flow, schedule, state.since);
    } catch (error) {
      this.#scheduler.remove(flow);
      this.#host.warn(flow, neverComes(flow, schedule, error));
    }
  }

  /** Another version is served. A schedule that is new begins with its next moment: it has missed none. */
  async renew({ triggers: { schedules: former } }: Served): Promise<void> {
    const { clock, store } = this.#host;
    const { schedules } = this.#host.served().triggers;
    for (const [flow, schedule] of schedules) {
      const state = store.get(flow);
      if (state === undefined || isSameSchedule(former.get(flow), schedule)) continue;
      await store.set(flow, { ...state, since: Math.max(state.since, clock.now()) });
    }
    for (const flow of new Set([...former.keys(), ...schedules.keys()])) this.watch(flow);
  }
}

function isSameSchedule(former: Schedule | undefined, schedule: Schedule): boolean {
  return former !== undefined && deepEqual(toData(former), toData(schedule));
}
