/** One started run: its limits, its ports, its way to stop. */
import type { Answer } from '../cards/index.js';
import { CancelledError, type FlowdeckError } from '../errors.js';
import { createRedactor, type EventSink, type Redactor } from '../observe/index.js';
import type { FlowPlan, Step } from '../plan/index.js';
import type { RunOrigin } from '../ports/index.js';
import { encodeValue, type Value } from '../values/index.js';
import { abortedController, Controllers } from './controllers.js';
import type { Timed } from './deadlines.js';
import { EarlySignals } from './early-signals.js';
import type { Entrance } from './entrance.js';
import type { Execution } from './execution.js';
import { Failure } from './failure.js';
import { ENDED, GivenUp } from './halt.js';
import { Holdings } from './holdings.js';
import { LARGE_LIST, LARGE_TEXT } from './large.js';
import type { Limits } from './limits.js';
import { type Bounded, expectLook, LARGE_CALLS, Lookout, wallTime } from './lookout.js';
import type { RemotePlace } from './remote-place.js';
import type { RunSetup, WatchStep } from './run-setup.js';
import type { Seam } from './seam.js';
import { RunTree } from './tree.js';
import { type Halting, Waiting } from './waiting.js';
import { Watch, type Watched } from './watch.js';
import type { World } from './world.js';

export class Run implements Timed, Halting, Watched, Bounded {
  readonly id: string;
  readonly plan: FlowPlan;
  /** The run, as ports hear of it. */
  readonly origin: RunOrigin;
  readonly world: World;
  readonly limits: Limits;
  readonly startedAt: number;
  readonly watchStep: WatchStep;
  readonly tree = new RunTree();
  /** A text or list above these is looked at: it takes long to work with, or is more than the run allows. */
  readonly longText: number;
  readonly longList: number;
  /** The run works with values that take long to work with. */
  large = false;
  readonly entrance: Entrance | null;
  seam: Seam;
  early: EarlySignals | null = null;
  /** Set when the run was cancelled or exceeded a limit of the whole run: nothing goes on, and nothing catches it. */
  halted: Failure | FlowdeckError | null = null;
  /** An execution that waits. Most runs have one at a time, and need no `holdings` for it. */
  parked: Execution | null = null;
  /** Most runs need none of these, so they are made when they are. */
  #waiting: Waiting | null = null;
  #controllers: Controllers | null = null;
  #redactor: Redactor | null = null;
  #watch: Watch | null = null;
  #holdings: Holdings | null = null;
  #lookout: Lookout | null = null;
  startedElapsed: number;
  readonly #events: EventSink;
  /** Secrets are read, or every card is intercepted: nothing takes the fast way. */
  readonly #isAlwaysWatched: boolean;
  readonly #onAnswer: RunSetup['onAnswer'];

  constructor(setup: RunSetup) {
    this.id = setup.origin.runId;
    this.plan = setup.plan;
    this.origin = setup.origin;
    this.entrance = setup.entrance;
    this.seam = setup.seam;
    this.world = setup.world;
    this.limits = setup.limits;
    this.longText = Math.min(LARGE_TEXT, setup.limits.textLength);
    this.longList = Math.min(LARGE_LIST, setup.limits.listLength);
    this.startedAt = setup.startedAt;
    this.watchStep = setup.watchStep;
    this.startedElapsed = setup.world.clock.elapsed();
    this.#events = setup.events;
    const { pure, control } = setup.world.interceptors;
    this.#isAlwaysWatched = setup.plan.deck.secretive || pure !== null || control !== null;
    this.#onAnswer = setup.onAnswer;
    this.#redactor = setup.redactor ?? null;
    expectLook(this.tree, setup.limits);
  }

  get redactor(): Redactor {
    this.#redactor ??= createRedactor();
    return this.#redactor;
  }

  get holdings(): Holdings {
    this.#holdings ??= new Holdings();
    return this.#holdings;
  }

  /** What the execution holds counts while it waits, until `resumed`. */
  waits(execution: Execution): void {
    if (this.parked === null) this.parked = execution;
    else if (this.parked !== execution) this.holdings.waits(execution);
  }

  resumed(execution: Execution): void {
    if (this.parked === execution) this.parked = null;
    this.#holdings?.resumed(execution);
  }

  get lookout(): Lookout {
    this.#lookout ??= new Lookout(this, this.startedElapsed);
    return this.#lookout;
  }

  get watch(): Watch {
    this.#watch ??= new Watch(this, this.#events, this.redactor);
    return this.#watch;
  }

  /** True: somebody listens, cards are intercepted, or there are secrets, which have to be followed. */
  get watched(): boolean {
    return this.#isAlwaysWatched || this.#events.active || this.holdsSecrets;
  }

  get holdsSecrets(): boolean {
    return this.#redactor !== null && !this.#redactor.empty;
  }

  get deadline(): number {
    return this.startedElapsed + (this.entrance?.wallTimeMs ?? this.limits.wallTimeMs);
  }

  get waiting(): Waiting {
    this.#waiting ??= new Waiting(this);
    return this.#waiting;
  }

  open(seam: Seam): void {
    this.seam = seam;
    this.early?.release();
  }

  /** Delivers a signal; kept if nobody waits for it yet. */
  signal(name: string, value: Value): void | Promise<void> {
    if (this.world.runtime.transient) return this.waiting.deliver(name, value);
    this.early ??= new EarlySignals(this);
    return this.early.deliver(name, encodeValue(value));
  }

  /** Ends the run: nothing goes on after this, and what waits is rejected. Returns what to throw. */
  halt(error: FlowdeckError, step?: Step, execution?: Execution, remote?: RemotePlace): Failure | FlowdeckError {
    if (this.halted !== null) return this.halted;
    const place = step && execution ? { step, execution } : this.#waiting?.first;
    this.halted = place?.step && place.execution ? new Failure(error, place.step, place.execution, remote) : error;
    this.#release(error);
    return this.halted;
  }

  /** Tells everything that is under way or waits that nobody does any more. */
  #release(reason: FlowdeckError): void {
    this.#controllers?.abort(reason);
    const { halted } = this;
    const { beside } = this.tree;
    // Where somebody listens, or a runtime waits for it, each flow has an end of its own.
    const isQuiet = beside !== null && !this.watched && !this.seam.isDurable;
    this.#waiting?.rejectAll(halted, isQuiet ? (step, execution) => beside.leave(step, execution, halted) : null);
    beside?.drop(halted);
  }

  /** Not null when this life of the run is over and another may come: nothing is told of its end. */
  get givenUp(): GivenUp | null {
    return GivenUp.from(this.halted);
  }

  /** Ends this life of the run, for a reason that is no matter of the flow. Returns what to throw. */
  giveUp(reason: unknown): Failure | FlowdeckError {
    if (this.halted !== null) return this.halted;
    this.halted = new GivenUp(reason);
    this.#release(this.halted);
    return this.halted;
  }

  cancel(reason?: string): void {
    this.halt(new CancelledError(reason));
  }

  /** A controller whose signal aborts with the run. */
  controller(): AbortController {
    if (this.halted !== null) return abortedController(this.halted);
    this.#controllers ??= new Controllers();
    return this.#controllers.make();
  }

  /** The card that asked for this controller is done with it. */
  forget(controller: AbortController): void {
    this.#controllers?.forget(controller);
  }

  /** Counts a call or a block. True when others are due their turn before it begins. */
  spend(step: Step, execution: Execution): boolean {
    return --this.tree.calls < 0 && this.look(step, execution);
  }

  /** True when others are due their turn. Throws what ends the run. */
  look(step: Step, execution: Execution): boolean {
    return this.lookout.look(step, execution);
  }

  /** A card that may have worked with a large value is done: a promise when others are due their turn before the next. */
  lookAfter(step: Step, execution: Execution): Promise<undefined> | undefined {
    this.tree.calls -= LARGE_CALLS;
    return this.tree.calls >= 0 || !this.look(step, execution) ? undefined : this.afterTurn(() => undefined);
  }

  /** Goes on when others have had their turn. */
  afterTurn<T>(go: () => T | Promise<T>): Promise<T> {
    return this.lookout.afterTurn(go);
  }

  /** Resolves when the cards that gave others their turn have gone on; null when none do. Ask again after it. */
  rest(): Promise<void> | null {
    return this.#lookout === null ? null : this.#lookout.rest();
  }

  /** A value has come that takes long to work with. */
  holdsLarge(): void {
    this.large = true;
    this.lookout.large();
  }

  /** For those who look without a card at hand: true when nothing should go on. */
  get over(): boolean {
    if (this.halted === null && this.world.clock.elapsed() > this.deadline) this.expire();
    return this.halted !== null;
  }

  expire(): void {
    this.halt(wallTime(this.limits.wallTimeMs));
  }

  /** Called once, at the end: what a card left behind does not go on. */
  end(): void {
    this.world.deadlines.remove(this);
    this.halted ??= ENDED;
    this.#release(ENDED);
    this.early?.release();
  }

  /** Answers whoever started the run, once. */
  respond(answer: Answer): boolean {
    if (this.tree.answer !== null) return false;
    this.tree.answer = answer;
    this.#onAnswer?.(answer);
    return true;
  }
}
