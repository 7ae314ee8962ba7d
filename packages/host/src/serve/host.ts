/** A host: the flows of a deck, alive. Schedules start them, callers reach them, and they are turned on and off. */
import type { Clock, Deck, Engine, FlowInfo, RunOptions, Value } from '@flowdeck/engine';
import { beginRun } from './begin-run.js';
import { type Caller, delegatedStart } from './delegated.js';
import type { EmitOptions, EmittedEvent, EventInputs } from './emitted.js';
import { startedByHand, stopping } from './errors.js';
import { EventFlows } from './event-flows.js';
import { eventFlowsHost } from './event-host.js';
import { type FlowStore, flowStoreInMemory, OFF } from './flow-store.js';
import { heardIn } from './heard.js';
import { Histories, type RunHistory } from './histories.js';
import type { HostedFlow, HostOptions, ParkedEvents } from './host-types.js';
import { hostedFlow, turned } from './hosted.js';
import { goOn, graceOf, restOrEnd } from './lasting-runs.js';
import { type RunRecord, Runs, type StartedRun } from './runs.js';
import { ScheduledFlows } from './scheduled-flows.js';
import { type HostVersion, knownFlow, type Served, servedOf } from './served.js';
import type { Trigger } from './trigger.js';
import { isTriggered } from './triggered.js';
import { unstarted } from './unstarted.js';
import { type WatchedOptions, watched } from './watched.js';

/**
 * The flows of a deck, alive. Begins to work at `start`, and ends with `stop`.
 *
 * @example
 * const host = new Host({ engine, deck });
 * await host.turn('orders', true);
 * await host.start();
 */
export class Host {
  readonly #options: WatchedOptions;
  readonly #store: FlowStore;
  readonly #runs: Runs;
  readonly #histories: Histories;
  readonly #schedules: ScheduledFlows;
  readonly #events: EventFlows;
  #served: Served;
  #state: 'new' | 'running' | 'stopping' = 'new';

  constructor(given: HostOptions) {
    this.#options = watched(given);
    const options = this.#options;
    this.#store = options.store ?? flowStoreInMemory();
    this.#runs = new Runs(options.keptRuns ?? 1_000, options.watch);
    this.#histories = new Histories(options, options.keptHistories ?? 0);
    this.#served = servedOf(options);
    this.#schedules = new ScheduledFlows({
      ...{ clock: options.clock, store: this.#store, watch: options.watch, served: () => this.#served },
      begin: (flow, metadata) => this.#begin(knownFlow(this.#served, flow), 'schedule', { metadata }),
      ...{ isStopping: () => this.#state === 'stopping', warn: unstarted(options) },
    });
    const parts = {
      ...{ served: () => this.#served, live: () => this.#runs.live },
      ...{ publicUrl: () => this.publicUrl, isOn: (flow: string) => this.#isOn(flow) },
      begin: (flow: FlowInfo, start: Omit<RunOptions, 'flow'>) => this.#begin(flow, 'event', start).ended,
    };
    this.#events = new EventFlows(eventFlowsHost(options, parts));
  }

  /** Takes requests, lets the runs go on that an earlier host left, and starts flows at their moments. */
  async start(): Promise<void> {
    this.#state = 'running';
    const successor = { ...this.#options, ...this.#served, runs: this.#runs, scheduled: this.#schedules.runs };
    if (successor.lasting !== undefined) await goOn(successor.lasting, successor);
    this.#schedules.start();
    await this.#events.start();
    this.#options.watch.host('started', this.#served.flows);
  }

  /**
   * Serves another version from now on, whose engine has the same ports. Runs under way end with theirs. Flows keep whether they
   * are on, and how far they have come; registrations of those that are gone are ended. When it throws, nothing has changed.
   *
   * @throws FlowdeckError `proof-unknown`, `host-stopping`.
   * @example
   * await host.renew({ engine, deck: engine.load(readFileSync('orders.flow.json', 'utf8')) });
   */
  async renew(version: HostVersion): Promise<void> {
    if (this.#state === 'stopping') throw stopping();
    const [former, next] = [this.#served, servedOf(version)];
    const heard = heardIn(next);
    await this.#options.lasting?.decks.keep(version.deck.revision, version.deck.document);
    this.#served = next;
    this.#histories.hear(next);
    await this.#schedules.renew(former);
    await this.#events.renew(heard);
    this.#options.watch.host('renewed', this.#served.flows);
  }

  /**
   * Takes nothing more, lets runs under way end for `graceMs` milliseconds, and closes the store. Runs that are still
   * under way are cancelled; those that outlive the host are left as they are, as soon as all only wait.
   * Default: 10 seconds.
   */
  async stop(graceMs = 10_000): Promise<void> {
    this.#state = 'stopping';
    this.#options.watch.host('stopping', this.#served.flows);
    this.#schedules.stop();
    const { lasting } = this.#options;
    const grace = graceOf(this.#options.clock, graceMs);
    // A moment that is kept and whose run has not begun would be lost.
    await this.#schedules.runs.begun();
    const events = this.#events.stop();
    await restOrEnd(this.#runs, lasting, grace);
    await lasting?.journal.shutdown();
    this.#runs.cancelAll('The host was stopped.');
    await this.#runs.settled();
    await events;
    this.#histories.close();
    await Promise.all([this.#events.events.log.close(), this.#store.close()]);
    this.#options.watch.host('stopped', this.#served.flows);
  }

  /** True from `start` to `stop`. */
  get ready(): boolean {
    return this.#state === 'running';
  }

  /** What runs the flows. */
  get engine(): Engine {
    return this.#served.engine;
  }

  /** Whose flows they are. */
  get deck(): Deck {
    return this.#served.deck;
  }

  /** What it takes the time from. */
  get clock(): Clock {
    return this.#options.clock;
  }

  /** Every flow of the deck, in document order. */
  flows(): readonly HostedFlow[] {
    return [...this.#served.flows.values()].map((info) => this.#hosted(info));
  }

  /** One flow by its id. */
  flow(id: string): HostedFlow | undefined {
    const info = this.#served.flows.get(id);
    return info && this.#hosted(info);
  }

  /**
   * Turns a flow on or off; resolves when it is kept. A schedule begins with the next moment.
   *
   * @throws FlowdeckError `flow-unknown`, `flow-by-hand`; `event-unknown`, `schedule-never` where nothing could ever start it.
   */
  async turn(id: string, on: boolean): Promise<HostedFlow> {
    const info = knownFlow(this.#served, id);
    if (!isTriggered(info.type)) throw startedByHand(info);
    const never = on ? (this.#events.unheard(id) ?? this.#schedules.never(id)) : null;
    if (never !== null) throw never;
    const before = this.#store.get(id) ?? OFF;
    await this.#store.set(id, turned(info, before, on, this.#served.triggers, this.#options.clock.now()));
    this.#schedules.watch(id);
    if (on !== before.on) await this.#events.turn(id);
    return this.#hosted(info);
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
    const info = knownFlow(this.#served, id);
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
    const info = knownFlow(this.#served, id);
    return this.run(id, 'delegated', delegatedStart(info, this.#isOn(id), caller, inputs));
  }

  #begin(info: FlowInfo, trigger: Trigger, options: Omit<RunOptions, 'flow'>): StartedRun {
    return beginRun(this.#served, info, trigger, options, { ...this.#options, runs: this.#runs });
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
  history(runId: string): RunHistory | undefined {
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
    return this.#served.flows.has(id) && this.#store.get(id)?.on === true;
  }

  #hosted(info: FlowInfo): HostedFlow {
    return hostedFlow(info, { ...this.#served, store: this.#store, schedules: this.#schedules, events: this.#events });
  }
}
