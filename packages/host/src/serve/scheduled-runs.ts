/** Runs that schedules ask for: no moment is run twice, and none is lost when the host stops. */
import type { DataObject } from '@flowdeck/engine';
import type { Watch } from '../notices/watch.js';
import type { Due, DueMoment } from '../schedule/due.js';
import { type FlowStore, OFF } from './flow-store.js';
import { type Overlap, Overlaps } from './overlaps.js';
import type { StartedRun } from './runs.js';

/** The host that they run in. */
export interface ScheduledHost {
  readonly store: FlowStore;
  readonly watch: Pick<Watch, 'tell'>;
  /** Undefined: the flow does not say. */
  overlapOf(flow: string): Overlap | undefined;
  begin(flow: string, metadata: DataObject): StartedRun;
  isStopping(): boolean;
  warn(flow: string, error: unknown): void;
}

export class ScheduledRuns {
  readonly #host: ScheduledHost;
  readonly #overlaps = new Overlaps();
  /** Runs whose moment is being kept. */
  readonly #starting = new Set<Promise<void>>();

  constructor(host: ScheduledHost) {
    this.#host = host;
  }

  /** Moments that are caught up do not overlap: each waits for the one before. */
  fire(flow: string, { moments, until }: Due): void {
    const host = this.#host;
    const catchUp = async () => {
      for (const moment of moments) {
        // What has not begun when the host stops, the next host has missed.
        if (host.isStopping()) return;
        await this.#run(flow, moment).catch((error: unknown) => host.warn(flow, error));
      }
      await this.#keep(flow, until);
    };
    this.#overlaps
      .admit(flow, host.overlapOf(flow) ?? 'skip', catchUp)
      .then((isAdmitted) => {
        if (isAdmitted) return;
        for (const moment of moments) this.#tell(flow, moment, 'left-out');
        return this.#keep(flow, until);
      })
      .catch((error: unknown) => host.warn(flow, error));
  }

  /** A run of the flow that an earlier host began goes on: further moments find it under way. */
  goesOn(flow: string, ended: Promise<unknown>): void {
    const over = async () => void (await ended);
    this.#overlaps.admit(flow, 'allow', over).catch(() => {});
  }

  /** Resolves when every run whose moment is kept has begun: it would be lost otherwise. */
  async begun(): Promise<void> {
    await Promise.all(this.#starting);
  }

  /** The moment is kept before the run begins: after a crash it is not run twice. */
  async #run(flow: string, { scheduledFor, missed }: DueMoment): Promise<void> {
    const metadata = { scheduledFor: new Date(scheduledFor).toISOString(), missed };
    const started = this.#keep(flow, scheduledFor).then(() => {
      this.#tell(flow, { scheduledFor, missed }, 'begun');
      return this.#host.begin(flow, metadata);
    });
    const told = started.then(
      () => {},
      () => {},
    );
    this.#starting.add(told);
    try {
      await (await started).ended;
    } finally {
      this.#starting.delete(told);
    }
  }

  #tell(flow: string, { scheduledFor, missed }: DueMoment, outcome: 'begun' | 'left-out'): void {
    const moment = new Date(scheduledFor).toISOString();
    this.#host.watch.tell('info', { what: 'moment', flow, scheduledFor: moment, missed, outcome });
  }

  /** Moments up to this one are done with. */
  async #keep(flow: string, since: number): Promise<void> {
    const { store } = this.#host;
    const state = store.get(flow) ?? OFF;
    if (state.since < since) await store.set(flow, { ...state, since });
  }
}
