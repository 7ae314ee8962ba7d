/** Runs of events: each is begun once, in order where a key asks for it, and what fails is parked. */
import { reasonOf } from '../log/errors.js';
import { Lanes } from './lanes.js';
import type { Paces } from './pace.js';
import type { Acceptance, Beside, EventLog, KeptEvent, NewEvent } from './types.js';

/** How a run ended, as far as it matters to its event. */
export interface EventEnd {
  /** Null: it did what it is for. */
  readonly error: { readonly message: string } | null;
}

/** What an event comes to. */
export type EventStart =
  /** A run, which begins when it is asked to. */
  | { readonly kind: 'run'; begin(): Promise<EventEnd> }
  /** There is nothing to run. */
  | { readonly kind: 'nothing' }
  /** It cannot be run, now or later. */
  | { readonly kind: 'refused'; readonly reason: string };

/** Knows under what an event was accepted, so that its run is under the same. */
export interface EventTraces {
  accepted(event: KeptEvent): void;
  forEvent<T>(event: KeptEvent, work: () => T): T;
}

/** The host that they run in. */
export interface EventHost {
  /** Finds out what the run of an event is given, under the run id of the event. After a crash it is asked again. */
  start(event: KeptEvent): EventStart | Promise<EventStart>;
  /** True: no run can be begun now. */
  readonly isBusy: boolean;
  /** True: a run that is begun again under its id goes on where it was. Otherwise what was cut off is parked. */
  readonly isLasting: boolean;
  /** Calls back when it may be less busy, or after so many milliseconds. */
  retry(work: () => void, afterMs?: number): void;
  /** A fault that nobody else hears of: the log takes no more. */
  warn(event: KeptEvent, error: unknown): void;
  /** It waits for its owner. */
  parked(event: KeptEvent, reason: string): void;
  /** Null: nobody asks under what an event was accepted. */
  readonly traces: EventTraces | null;
}

/** A timer keeps a process that would end. */
const LONGEST_WAIT_MS = 1_000;

export class EventRuns {
  readonly #log: EventLog;
  readonly #host: EventHost;
  readonly #lanes: Lanes;
  readonly #underWay = new Set<Promise<void>>();
  #isStopping = false;
  #isStarted = false;
  /** Why it is asked again, by timers that are set. */
  readonly #retrying = new Set<'busy' | 'pace'>();

  /** At most `most` runs at a time, and as fast as `paces` allow. */
  constructor(log: EventLog, host: EventHost, most: number, paces: Paces) {
    this.#log = log;
    this.#host = host;
    this.#lanes = new Lanes(most, paces);
  }

  get log(): EventLog {
    return this.#log;
  }

  /** Keeps events, and begins their runs when it has been started. Resolves when they are kept. */
  async accept(events: readonly NewEvent[], beside?: Beside): Promise<readonly Acceptance[]> {
    const taken = await this.#log.accept(events, beside);
    for (const each of taken) {
      if (each.kind !== 'accepted') continue;
      this.#host.traces?.accepted(each.event);
      this.#lanes.add(each.event);
    }
    this.#next();
    return taken;
  }

  /** Begins what was kept and not run. What was cut off goes on, or is parked. */
  start(): void {
    this.#isStarted = true;
    const known = this.#lanes.numbers();
    for (const { event, begun } of this.#log.open()) {
      if (known.has(event.number)) continue;
      if (begun && !this.#host.isLasting) this.#follow(event, this.#park(event, 'Its run was cut off.'));
      else this.#lanes.add(event);
    }
    this.#next();
  }

  /** A parked event is run again. False: there is none of that number. */
  async replay(number: number): Promise<boolean> {
    const event = await this.#log.replay(number);
    if (event === null) return false;
    this.#lanes.add(event);
    this.#next();
    return true;
  }

  /** Begins nothing more; resolves when all that was begun has ended. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  #next(): void {
    while (this.#isStarted && !this.#isStopping) {
      if (this.#host.isBusy) {
        this.#retryLater('busy');
        return;
      }
      const lane = this.#lanes.take();
      if (lane === null) {
        const { wait } = this.#lanes;
        if (wait !== null) this.#retryLater('pace', Math.min(wait, LONGEST_WAIT_MS));
        return;
      }
      this.#follow(
        lane.event,
        this.#traced(lane.event).finally(() => {
          this.#lanes.release(lane);
          this.#next();
        }),
      );
    }
  }

  #retryLater(why: 'busy' | 'pace', afterMs?: number): void {
    if (this.#retrying.has(why)) return;
    this.#retrying.add(why);
    this.#host.retry(() => {
      this.#retrying.delete(why);
      this.#next();
    }, afterMs);
  }

  #traced(event: KeptEvent): Promise<void> {
    const { traces } = this.#host;
    return traces === null ? this.#run(event) : traces.forEvent(event, () => this.#run(event));
  }

  async #run(event: KeptEvent): Promise<void> {
    const { number } = event;
    const start = await this.#started(event);
    switch (start.kind) {
      case 'nothing':
        return this.#log.end(number);
      case 'refused':
        // What is refused while the host ends may be so for that. It has not begun: the next host asks again.
        return this.#isStopping ? undefined : this.#park(event, start.reason);
      case 'run':
        // A run that cannot go on must not be begun twice.
        if (!this.#host.isLasting) await this.#begin(event);
        return this.#end(event, start.begin());
    }
  }

  /** A full disk may have room again: the event keeps its place until then. */
  async #begin(event: KeptEvent): Promise<void> {
    for (let hasWarned = false; ; hasWarned = true) {
      try {
        return await this.#log.begin(event.number);
      } catch (error) {
        if (this.#isStopping || !this.#log.sound) throw error;
        if (!hasWarned) this.#host.warn(event, error);
        await new Promise<void>((resolve) => this.#host.retry(resolve));
      }
    }
  }

  async #started(event: KeptEvent): Promise<EventStart> {
    try {
      return await this.#host.start(event);
    } catch (error) {
      return { kind: 'refused', reason: reasonOf(error) };
    }
  }

  async #end(event: KeptEvent, ended: Promise<EventEnd>): Promise<void> {
    const failure = await ended.then(failureOf, reasonOf);
    await (failure === null ? this.#log.end(event.number) : this.#fail(event, failure));
  }

  /** Where runs last, what fails while the host ends may fail for that: the next host goes on with it. */
  async #fail(event: KeptEvent, reason: string): Promise<void> {
    if (this.#isStopping && this.#host.isLasting) return;
    await this.#park(event, reason);
  }

  async #park(event: KeptEvent, reason: string): Promise<void> {
    await this.#log.park(event.number, reason);
    this.#host.parked(event, reason);
  }

  #follow(event: KeptEvent, work: Promise<void>): void {
    const told = work.catch((error: unknown) => this.#host.warn(event, error));
    this.#underWay.add(told);
    told.finally(() => this.#underWay.delete(told));
  }
}

/** Why it is to be looked at by its owner; null when it did what it is for. */
function failureOf({ error }: EventEnd): string | null {
  return error === null ? null : error.message;
}
