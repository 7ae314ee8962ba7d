/** A host: the flows of a deck, alive. Schedules start them, callers reach them, and they are turned on and off. */
import { randomBytes } from 'node:crypto';
import type { Clock, Deck, Engine, FlowInfo, History, RunOptions, Value } from '@flowdeck/engine';
import { systemClock } from '@flowdeck/engine';
import { Scheduler } from '../schedule/scheduler.js';
import { beginRun } from './begin-run.js';
import { type Caller, delegatedStart } from './delegated.js';
import { type DocumentTriggers, triggersOf } from './document-triggers.js';
import type { EmitOptions, EmittedEvent, EventInputs } from './emitted.js';
import { startedByHand, stopping, unknownFlow } from './errors.js';
import { type EventFlows, eventFlowsOf } from './event-flows.js';
import { type FlowStore, flowStoreInMemory, OFF } from './flow-store.js';
import { Histories } from './histories.js';
import type { HostedFlow, HostOptions, ParkedEvents } from './host-types.js';
import { accessOf, type HostedParts, hostedFlow } from './hosted.js';
import { goOn, graceOf, restOrEnd } from './lasting-runs.js';
import { type RunRecord, Runs, type StartedRun, type Trigger } from './runs.js';
import { ScheduledRuns } from './scheduled-runs.js';
import { isTriggered } from './triggered.js';
import { unstarted } from './unstarted.js';

/**
 * The flows of a deck, alive. Begins to work at `start`, and ends with `stop`.
 *
 * @example
 * const host = new Host({ engine, deck });
 * await host.turn('orders', true);
 * await host.start();
 */
export class Host {
  readonly #options: HostOptions;
  readonly #clock: Clock;
  readonly #store: FlowStore;
  readonly #flows: ReadonlyMap<string, FlowInfo>;
  readonly #triggers: DocumentTriggers;
  readonly #scheduler: Scheduler;
  readonly #runs: Runs;
  readonly #histories: Histories;
  readonly #scheduled: ScheduledRuns;
  readonly #events: EventFlows;
  readonly #parts: HostedParts;
  #state: 'new' | 'running' | 'stopping' = 'new';

  constructor(options: HostOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock();
    this.#store = options.store ?? flowStoreInMemory();
    this.#runs = new Runs(options.keptRuns ?? 1_000);
    this.#histories = new Histories(options.engine, options.keptHistories ?? 0);
    this.#flows = new Map(options.deck.flows.map((flow) => [flow.id, flow]));
    this.#triggers = triggersOf(options.deck.document);
    this.#scheduled = new ScheduledRuns({
      store: this.#store,
      overlapOf: (flow) => this.#triggers.schedules.get(flow)?.overlap,
      begin: (flow, metadata) => this.#begin(this.#known(flow), 'schedule', { metadata }),
      isStopping: () => this.#state === 'stopping',
      warn: unstarted(options),
    });
    this.#scheduler = new Scheduler(this.#clock, (flow, due) => this.#scheduled.fire(flow, due));
    this.#events = eventFlowsOf(options, {
      clock: this.#clock,
      flows: this.#flows,
      triggers: this.#triggers.events,
      publicUrl: () => this.publicUrl,
      isOn: (flow) => this.#isOn(flow),
      live: () => this.#runs.live,
      begin: (flow, start) => this.#begin(flow, 'event', start).ended,
    });
    this.#parts = { store: this.#store, triggers: this.#triggers, scheduler: this.#scheduler, events: this.#events };
  }

  /** Takes requests, lets the runs go on that an earlier host left, and starts flows at their moments. */
  async start(): Promise<void> {
    this.#state = 'running';
    const { lasting } = this.#options;
    if (lasting !== undefined) await goOn(lasting, { ...this.#options, runs: this.#runs, scheduled: this.#scheduled });
    for (const flow of this.#triggers.schedules.keys()) this.#watch(flow);
    this.#scheduler.start();
    await this.#events.start();
  }

  /**
   * Takes nothing more, lets runs under way end for `graceMs` milliseconds, and closes the store. Runs that are still
   * under way are cancelled; those that outlive the host are left as they are, as soon as all only wait.
   * Default: 10 seconds.
   */
  async stop(graceMs = 10_000): Promise<void> {
    this.#state = 'stopping';
    this.#scheduler.stop();
    const { lasting } = this.#options;
    const grace = graceOf(this.#clock, graceMs);
    // A moment that is kept and whose run has not begun would be lost.
    await this.#scheduled.begun();
    const events = this.#events.stop();
    await restOrEnd(this.#runs, lasting, grace);
    await lasting?.journal.shutdown();
    this.#runs.cancelAll('The host was stopped.');
    await this.#runs.settled();
    await events;
    this.#histories.close();
    await Promise.all([this.#events.events.log.close(), this.#store.close()]);
  }

  /** True from `start` to `stop`. */
  get ready(): boolean {
    return this.#state === 'running';
  }

  /** What runs the flows. */
  get engine(): Engine {
    return this.#options.engine;
  }

  /** Whose flows they are. */
  get deck(): Deck {
    return this.#options.deck;
  }

  /** What it takes the time from. */
  get clock(): Clock {
    return this.#clock;
  }

  /** Every flow of the deck, in document order. */
  flows(): readonly HostedFlow[] {
    return [...this.#flows.values()].map((info) => hostedFlow(info, this.#parts));
  }

  /** One flow by its id. */
  flow(id: string): HostedFlow | undefined {
    const info = this.#flows.get(id);
    return info && hostedFlow(info, this.#parts);
  }

  /**
   * Turns a flow on or off; resolves when it is kept. A schedule begins with the next moment.
   *
   * @throws FlowdeckError `flow-unknown`, `flow-by-hand`; `event-unknown` for a flow that nothing could ever start.
   */
  async turn(id: string, on: boolean): Promise<HostedFlow> {
    const info = this.#known(id);
    if (!isTriggered(info.type)) throw startedByHand(info);
    const unheard = on ? this.#events.unheard(id) : null;
    if (unheard !== null) throw unheard;
    const before = this.#store.get(id) ?? OFF;
    const needsToken = accessOf(info, this.#triggers)?.by === 'token';
    const token = before.token ?? (needsToken && on ? randomBytes(24).toString('base64url') : null);
    await this.#store.set(id, { on, token, since: on && !before.on ? this.#clock.now() : before.since });
    this.#watch(id);
    if (on !== before.on) await this.#events.turn(id);
    return hostedFlow(info, this.#parts);
  }

  /** Where services reach it. */
  get publicUrl(): string {
    const { publicUrl = 'http://127.0.0.1:3000/' } = this.#options;
    return typeof publicUrl === 'string' ? publicUrl : publicUrl();
  }

  /** What event flows hear, for handlers. @internal */
  get listening(): EventFlows {
    return this.#events;
  }

  /** Events whose runs failed or were cut off. */
  get parked(): ParkedEvents {
    return this.#events;
  }

  /**
   * Starts a run of any flow.
   *
   * @throws FlowdeckError `flow-unknown`, `host-busy`, `host-stopping`, and what the engine says of inputs (by `ended`).
   */
  run(id: string, trigger: Trigger, options: Omit<RunOptions, 'flow'> = {}): StartedRun {
    const info = this.#known(id);
    if (this.#state === 'stopping') throw stopping();
    return this.#begin(info, trigger, options);
  }

  /**
   * Tells of an event of the host's own: every flow of type `event` that names it and is on is run with the inputs that
   * it declares. Resolves when that would survive a power cut; before `start`, the runs begin then.
   *
   * @throws FlowdeckError `event-unknown` when no flow names it, `host-stopping`, `events-full`, `conversion`.
   * @example
   * await host.emit('order.placed', { number: '17' }, { id: 'order-17' });
   */
  async emit(name: string, inputs: EventInputs = {}, options: EmitOptions = {}): Promise<readonly EmittedEvent[]> {
    if (this.#state === 'stopping') throw stopping();
    return this.#events.emit(name, inputs, options);
  }

  /**
   * Starts a delegated flow for somebody who has the right to: it knows who it is by its inputs, and the run by its
   * metadata.
   *
   * @throws FlowdeckError `flow-unknown`, `flow-delegated`, `flow-off`, and what `run` throws.
   */
  delegate(id: string, caller: Caller, inputs: Readonly<Record<string, unknown>> = {}): StartedRun {
    const info = this.#known(id);
    return this.run(id, 'delegated', delegatedStart(info, this.#isOn(id), caller, inputs));
  }

  #begin(info: FlowInfo, trigger: Trigger, options: Omit<RunOptions, 'flow'>): StartedRun {
    return beginRun(info, trigger, options, this.#options, this.#runs, this.#clock);
  }

  /** Runs under way and the last ones that ended, the newest first; of one flow, or of all. */
  runs(flow?: string): readonly RunRecord[] {
    return this.#runs.list(flow);
  }

  /** A run under way, or one of the last that ended. */
  findRun(runId: string): RunRecord | undefined {
    return this.#runs.get(runId);
  }

  /** What a run did, of the last `keptHistories` that began; undefined for any other. */
  history(runId: string): History | undefined {
    return this.#histories.get(runId);
  }

  /** False when no such run is under way. */
  cancel(runId: string, reason?: string): boolean {
    return this.#runs.cancel(runId, reason);
  }

  /** Lets a run that waits for the signal go on. False when no such run is under way. */
  signal(runId: string, name: string, value: Value): Promise<boolean> {
    return this.#runs.signal(runId, name, value);
  }

  #isOn(id: string): boolean {
    return this.#store.get(id)?.on === true;
  }

  #known(id: string): FlowInfo {
    const info = this.#flows.get(id);
    if (info !== undefined) return info;
    throw unknownFlow(id, [...this.#flows.keys()]);
  }

  #watch(id: string): void {
    const schedule = this.#triggers.schedules.get(id);
    const state = this.#store.get(id);
    if (schedule !== undefined && state?.on) this.#scheduler.add(id, schedule, state.since);
    else this.#scheduler.remove(id);
  }
}
