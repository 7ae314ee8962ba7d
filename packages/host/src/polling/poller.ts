/** Has polls take their turns: one at a time for a flow, its events and its cursor kept in one write. */
import { anewPoll, beginPoll, endPoll } from '@flowdeck/connect';
import type { Clock, RunResult, Value } from '@flowdeck/engine';
import { deepEqual, encodeValue } from '@flowdeck/engine/kit';
import type { EventRuns } from '../events/event-runs.js';
import type { NewEvent } from '../events/types.js';
import { reasonOf } from '../log/errors.js';
import { LONGEST_NAP_MS, MomentHeap } from '../schedule/moment-heap.js';
import { askPoll, type Unasked } from './ask-poll.js';
import { type PollInfo, pollInfo } from './info.js';
import { CURSOR_AGE_MS, isAsKept, type KeptPoll, keptPollOf, newKeptPoll, pollKey, pollToKept } from './kept-poll.js';
import { longestPause, pauseAfterFailure, pauseAskedFor, spread } from './pauses.js';
import { idOfItem, type PolledFlow, pollPolicy, pollSubject } from './polled-flows.js';

/** What polling needs of its host. */
export interface PollerHost {
  readonly clock: Clock;
  readonly events: EventRuns;
  isOn(flow: string): boolean;
  /** Runs the connector's flow to its end, or until `signal` aborts. */
  run(polled: PolledFlow, cursor: Value, signal: AbortSignal): Promise<RunResult>;
  warn(code: 'poll-failed' | 'poll-anew', message: string): void;
  /** A turn has ended: with so many new events, or with a reason why it failed. */
  turned(flow: string, items: number, failure: string | null): void;
}

/** However many deliveries come, what was missed among them is asked for so often. */
const CATCH_UP_MS = 86_400_000;
/** Turns at a time, of all flows. */
const MOST_AT_ONCE = 50;

export class Poller {
  readonly #host: PollerHost;
  #flows: ReadonlyMap<string, PolledFlow>;
  readonly #kept = new Map<string, KeptPoll>();
  readonly #moments = new MomentHeap();
  /** Flows whose moment has come, and which wait for others to end. */
  readonly #ready = new Set<string>();
  readonly #underWay = new Map<string, Promise<void>>();
  /** Counts how often a flow was turned on or off: what a turn gives belongs to the life that it began in. */
  readonly #lives = new Map<string, number>();
  readonly #stopped = new AbortController();
  #cancelNap: () => void = () => {};
  #lookedAt = 0;
  #isRunning = false;

  constructor(host: PollerHost, flows: ReadonlyMap<string, PolledFlow>) {
    this.#host = host;
    this.#flows = flows;
  }

  /** Goes on where an earlier life has stopped. What came meanwhile and was not delivered is asked for at once. */
  start(): void {
    this.#isRunning = true;
    this.#planAll();
    for (const [flow, { isCatchUp }] of this.#flows) if (isCatchUp) this.#bring(flow);
    this.#tick();
  }

  /** Deliveries may have been missed: it is asked for them now. */
  catchUp(flow: string): void {
    if (this.#flows.get(flow)?.isCatchUp !== true) return;
    this.#bring(flow);
    if (this.#isRunning) this.#tick();
  }

  /** Unless the service has asked to be left alone. */
  #bring(flow: string): void {
    const polled = this.#flows.get(flow);
    if (polled === undefined || !this.#host.isOn(flow)) return;
    // A turn under way began before: what it was too early for comes with another.
    if (this.#underWay.has(flow)) this.#ready.add(flow);
    else if (this.#read(polled).failures === 0) this.#moments.set(flow, this.#host.clock.now());
  }

  /** A delivery has come: the service is not silent. */
  heard(flow: string): void {
    const polled = this.#flows.get(flow);
    if (polled?.isCatchUp !== true || this.#underWay.has(flow) || this.#ready.has(flow)) return;
    const { polledAt, failures } = this.#read(polled);
    if (polledAt === null || failures > 0) return;
    this.#moments.set(flow, Math.min(this.#host.clock.now() + polled.everyMs, polledAt + CATCH_UP_MS));
  }

  /** Begins nothing more, and cuts turns under way off: the next life asks again. Resolves when all have ended. */
  async stop(): Promise<void> {
    this.#isRunning = false;
    this.#cancelNap();
    this.#stopped.abort(new Error('The host was stopped.'));
    await Promise.all(this.#underWay.values());
  }

  /** Other flows are polled from now on, or these otherwise. What a turn gives that began with another question belongs to nobody. */
  renew(flows: ReadonlyMap<string, PolledFlow>): void {
    const former = this.#flows;
    this.#flows = flows;
    for (const [flow, polled] of former) {
      const next = flows.get(flow);
      if (next !== undefined && deepEqual(pollSubject(polled), pollSubject(next))) continue;
      this.#lives.set(flow, this.#life(flow) + 1);
      this.#moments.delete(flow);
      this.#ready.delete(flow);
    }
    if (!this.#isRunning) return;
    this.#planAll();
    this.#tick();
  }

  /** The flow was turned on or off. Resolves when that is kept. */
  async turn(flow: string): Promise<void> {
    const polled = this.#flows.get(flow);
    if (polled === undefined) return;
    this.#lives.set(flow, this.#life(flow) + 1);
    this.#moments.delete(flow);
    this.#ready.delete(flow);
    if (!this.#host.isOn(flow)) return;
    const now = this.#host.clock.now();
    const before = this.#read(polled);
    await this.#keep(flow, { ...newKeptPoll(pollSubject(polled), now), state: anewPoll(before.state) });
    this.#plan(polled);
    if (this.#isRunning) this.#tick();
  }

  /** Null for a flow that hears no poll. */
  info(flow: string): PollInfo | null {
    const polled = this.#flows.get(flow);
    if (polled === undefined) return null;
    return pollInfo(this.#read(polled), this.#host.isOn(flow), this.#underWay.has(flow));
  }

  #life(flow: string): number {
    return this.#lives.get(flow) ?? 0;
  }

  #read(polled: PolledFlow): KeptPoll {
    const { id } = polled.flow;
    const known = this.#kept.get(id) ?? keptPollOf(this.#host.events.log.state(pollKey(id)));
    const kept = known ?? newKeptPoll(pollSubject(polled), this.#host.clock.now());
    this.#kept.set(id, kept);
    return kept;
  }

  async #keep(flow: string, kept: KeptPoll, events: readonly NewEvent[] = []): Promise<void> {
    await this.#host.events.accept(events, { state: { key: pollKey(flow), value: pollToKept(kept) } });
    this.#kept.set(flow, kept);
  }

  #planAll(): void {
    for (const [flow, polled] of this.#flows) {
      if (this.#host.isOn(flow) && !this.#underWay.has(flow)) this.#plan(polled);
    }
  }

  /** A clock that was set back makes nobody wait, nor does an interval that was longer when the last turn ended. */
  #plan(polled: PolledFlow): void {
    const { dueAt, polledAt, failures } = this.#read(polled);
    const latest = this.#host.clock.now() + Math.max(longestPause(polled.everyMs), CURSOR_AGE_MS);
    const next = polledAt === null || failures > 0 ? dueAt : polledAt + polled.everyMs + spread(polled);
    this.#moments.set(polled.flow.id, Math.min(dueAt, next, latest));
  }

  #tick(): void {
    this.#cancelNap();
    const now = this.#host.clock.now();
    if (now < this.#lookedAt) this.#planAll();
    this.#lookedAt = now;
    for (let flow = this.#moments.take(now); flow !== null; flow = this.#moments.take(now)) this.#ready.add(flow);
    this.#next();
    this.#nap();
  }

  /** Nothing to wait for, no timer: a process may end. */
  #nap(): void {
    const { first } = this.#moments;
    if (!this.#isRunning || first === null) return;
    const left = Math.max(0, first - this.#host.clock.now());
    this.#cancelNap = this.#host.clock.after(Math.min(left, LONGEST_NAP_MS), () => this.#tick());
  }

  #next(): void {
    for (const flow of this.#ready) {
      if (!this.#isRunning || this.#underWay.size >= MOST_AT_ONCE) return;
      const polled = this.#flows.get(flow);
      if (polled === undefined || this.#underWay.has(flow)) continue;
      this.#ready.delete(flow);
      const turn = this.#turn(polled).catch((error: unknown) => this.#tell(flow, reasonOf(error)));
      this.#underWay.set(
        flow,
        turn.finally(() => {
          this.#underWay.delete(flow);
          const current = this.#flows.get(flow);
          if (current !== undefined && this.#host.isOn(flow) && !this.#ready.has(flow)) this.#plan(current);
          if (this.#isRunning) this.#tick();
        }),
      );
    }
  }

  async #turn(polled: PolledFlow): Promise<void> {
    const { clock } = this.#host;
    const { id } = polled.flow;
    const life = this.#life(id);
    const kept = this.#read(polled);
    const now = clock.now();
    const { state, cursor, notice } = beginPoll(kept.state, pollSubject(polled), pollPolicy(polled), now);
    if (notice !== null) this.#host.warn('poll-anew', `The poll of flow "${id}": ${notice}`);
    const given = await askPoll(() => this.#host.run(polled, cursor, this.#stopped.signal), cursor);
    if (this.#life(id) !== life || !this.#isRunning) return;
    if ('failure' in given) return this.#fail(polled, { ...kept, state, polledAt: now }, given);
    const end = endPoll(state, given, pollPolicy(polled), clock.now());
    if (end.kind === 'refused') return this.#fail(polled, { ...kept, state, polledAt: now }, { failure: end.reason });
    const dueAt = now + polled.everyMs + (state.started ? 0 : spread(polled));
    const next: KeptPoll = { state: end.state, polledAt: now, dueAt, failures: 0, reason: null, needsLogin: false };
    const events = end.items.map((item): NewEvent => {
      const delivered = polled.isCatchUp ? idOfItem(polled, item) : null;
      return { flow: id, id: delivered, key: null, data: { polled: encodeValue(item) }, content: null };
    });
    if (events.length === 0 && isAsKept(kept, next)) {
      // Nothing that a later life would miss.
      this.#kept.set(id, { ...next, state: kept.state });
      this.#host.turned(id, 0, null);
      return;
    }
    await this.#keep(id, next, events).then(
      () => this.#host.turned(id, events.length, null),
      (error: unknown) => this.#fail(polled, { ...kept, state, polledAt: now }, { failure: reasonOf(error) }),
    );
  }

  async #fail(polled: PolledFlow, kept: KeptPoll, { failure, code, extra }: Unasked): Promise<void> {
    const { id } = polled.flow;
    const needsLogin = code === 'connection-needs-login';
    // A dead connection is looked at in the store, and no service is asked: there is nothing to spare.
    const failures = needsLogin ? 1 : kept.failures + 1;
    const now = this.#host.clock.now();
    const dueAt = Math.max(
      (kept.polledAt ?? now) + pauseAfterFailure(polled, failures),
      now + pauseAskedFor(extra, now),
    );
    const next = { ...kept, dueAt, failures, reason: failure, needsLogin };
    this.#host.turned(id, 0, failure);
    if (kept.reason !== failure) this.#tell(id, failure);
    this.#kept.set(id, next);
    await this.#keep(id, next);
  }

  #tell(flow: string, reason: string): void {
    this.#host.warn('poll-failed', `The poll of flow "${flow}" failed: ${reason}`);
  }
}
