/** One run in progress: its verbs, each looked up in what is recorded before anything is done. */
import { type Clock, type FlowdeckError, type JsonData, RunError, type RunRuntime } from '@flowdeck/engine';
import type { Entry, PlaceEntry, SentEntry } from './entry.js';
import { duplicateId, kindDiffers, signalMissing, waitFaulty, writeFailed } from './errors.js';
import { Halt } from './halt.js';
import { type History, unreceived } from './history.js';
import { Mailbox } from './mailbox.js';
import { Activity } from './rest.js';
import { nextSignal, pauseUntil } from './waiting.js';

export interface RunWorld {
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly append: (entry: Entry) => Promise<void>;
  /** Told when the run does nothing but wait. */
  readonly rested: () => void;
  /** For what is too long for a line. */
  readonly annex: NonNullable<RunRuntime['annex']>;
}

/** What an entry is called in an error message. */
const KIND_NAMES: Readonly<Record<PlaceEntry['k'], string>> = {
  step: 'a step',
  sleep: 'a wait',
  wait: 'a wait for a signal',
  missed: 'a wait for a signal',
  got: 'a signal',
};

export class JournaledRun implements RunRuntime {
  readonly keyed = true;
  readonly annex: NonNullable<RunRuntime['annex']>;
  readonly #run: string;
  readonly #world: RunWorld;
  readonly #halt: Halt;
  readonly #activity: Activity;
  readonly #mailbox: Mailbox;
  /** What earlier lives of the run left; an entry goes as soon as it was replayed. */
  readonly #places: Map<string, PlaceEntry>;
  readonly #sent: Map<number, SentEntry>;
  readonly #used = new Set<string>();
  #failure: FlowdeckError | null = null;

  constructor(run: string, history: History, world: RunWorld) {
    this.#run = run;
    this.#world = world;
    this.annex = world.annex;
    this.#halt = new Halt(world.signal, run);
    this.#activity = new Activity(world.rested);
    this.#mailbox = new Mailbox(unreceived(history));
    this.#places = history.places;
    this.#sent = history.sent;
  }

  /** Why the journal gave the run up, or null: only a run that it did not give up can be recorded as ended. */
  get failure(): FlowdeckError | null {
    return this.#failure;
  }

  /** True while it does nothing but wait for a moment or a signal. */
  get isAtRest(): boolean {
    return this.#activity.isAtRest;
  }

  /** The moment at which the first of its waits is over, if no signal comes before. */
  get nextMoment(): number {
    return this.#activity.next;
  }

  /** Gives the run up: everything under way rejects with `error`, and the run stays unfinished. */
  giveUp(error: FlowdeckError): void {
    this.#failure ??= error;
    this.#halt.stop(error);
  }

  release(): void {
    this.#halt.release();
  }

  deliver(signal: SentEntry): void {
    this.#mailbox.deliver(signal);
  }

  step(id: string, effect: () => Promise<JsonData>): JsonData | Promise<JsonData> {
    const known = this.#recall(id);
    if (known === undefined) return this.#perform(id, effect);
    if (known.k === 'step') return known.value;
    throw kindDiffers(this.#run, id, KIND_NAMES[known.k], KIND_NAMES.step);
  }

  async sleep(id: string, ms: number): Promise<void> {
    const known = this.#recall(id);
    if (known !== undefined && known.k !== 'sleep') {
      throw kindDiffers(this.#run, id, KIND_NAMES[known.k], KIND_NAMES.sleep);
    }
    const until = known?.until ?? this.#moment(id, ms);
    if (known === undefined) await this.#record({ k: 'sleep', run: this.#run, id, until });
    const soonest = this.#soonest(until, ms);
    await this.#activity.wait(pauseUntil(soonest, this.#world.clock, this.#halt), soonest);
  }

  async signal(id: string, name: string, timeoutMs?: number): Promise<JsonData | undefined> {
    const known = this.#recall(id);
    let until = known?.k === 'wait' ? known.until : undefined;
    if (known?.k === 'got') return this.#received(known.n);
    if (known?.k === 'missed') return undefined;
    if (known !== undefined && until === undefined) {
      throw kindDiffers(this.#run, id, KIND_NAMES[known.k], KIND_NAMES.wait);
    }
    if (until !== undefined && timeoutMs !== undefined) until = this.#soonest(until, timeoutMs);
    const early = this.#mailbox.take(name);
    if (early !== null) return this.#receive(id, early);
    if (until === undefined && timeoutMs !== undefined) {
      until = this.#moment(id, timeoutMs);
      await this.#record({ k: 'wait', run: this.#run, id, until });
    }
    const { clock } = this.#world;
    const signal = await this.#activity.wait(
      nextSignal(name, until, { mailbox: this.#mailbox, clock, halt: this.#halt }),
      until,
    );
    if (signal !== null) return this.#receive(id, signal);
    await this.#append({ k: 'missed', run: this.#run, id });
    return undefined;
  }

  #perform(id: string, effect: () => Promise<JsonData>): Promise<JsonData> {
    const recorded = async () => {
      const value = await effect();
      await this.#append({ k: 'step', run: this.#run, id, value });
      return value;
    };
    return this.#activity.effect(recorded());
  }

  /** Takes an id into use, and gives what is recorded of it. Throws when the run may not go on. */
  #recall(id: string): PlaceEntry | undefined {
    if (this.#halt.reason !== null) throw this.#halt.reason;
    if (this.#used.has(id)) throw duplicateId(this.#run, id);
    this.#used.add(id);
    const known = this.#places.get(id);
    if (known !== undefined) this.#places.delete(id);
    return known;
  }

  /** Appends what is to be known before the run waits: until then it does more than that. */
  #record(entry: Entry): Promise<void> {
    return this.#activity.effect(this.#append(entry));
  }

  async #append(entry: Entry): Promise<void> {
    if (this.#failure !== null) throw this.#failure;
    try {
      await this.#world.append(entry);
    } catch (error) {
      this.giveUp(error instanceof RunError ? error : writeFailed(this.#run, error));
      throw this.#failure;
    }
  }

  /** No wait is longer than it was meant to be, also when the clock was set back since it was recorded. */
  #soonest(until: number, ms: number): number {
    return Math.min(until, this.#world.clock.now() + Math.max(0, ms));
  }

  #moment(id: string, ms: number): number {
    if (!Number.isFinite(ms)) throw waitFaulty(this.#run, id, ms);
    return this.#world.clock.now() + Math.max(0, ms);
  }

  /** Records who received a signal before anything follows from it: on a replay the same wait gets the same one. */
  async #receive(id: string, signal: SentEntry): Promise<JsonData> {
    await this.#append({ k: 'got', run: this.#run, id, n: signal.n });
    return signal.value;
  }

  #received(n: number): JsonData {
    const signal = this.#sent.get(n);
    // A signal is durable before it is delivered, so a recorded receipt has its signal.
    if (signal === undefined) throw signalMissing(this.#run, n);
    this.#sent.delete(n);
    return signal.value;
  }
}
