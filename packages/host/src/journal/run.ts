/** One run in progress: the five verbs, each looked up in what is recorded before anything is done. */
import { type Clock, type FlowdeckError, RunError, TimeoutError, type Value } from '@flowdeck/engine';
import { decodeValue, encodeValue, type RunRuntime, type StepPolicy } from '@flowdeck/engine/kit';
import { attempt, type Effect } from './attempt.js';
import { decodeError, encodeError } from './codec.js';
import type { Entry, PlaceEntry, SentEntry } from './entry.js';
import {
  duplicateId,
  kindDiffers,
  outcomeUnknown,
  signalMissing,
  valueUnfit,
  waitFaulty,
  writeFailed,
} from './errors.js';
import { forEachInWindow } from './for-each.js';
import { Halt } from './halt.js';
import { type History, unreceived } from './history.js';
import { Mailbox } from './mailbox.js';
import { nextSignal, pauseUntil } from './waiting.js';

export interface RunWorld {
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly append: (entry: Entry) => Promise<void>;
}

/** What an entry is called in an error message. */
const KIND_NAMES: Readonly<Record<PlaceEntry['k'], string>> = {
  step: 'a step',
  fail: 'a failure',
  intent: 'a step that may happen at most once',
  sleep: 'a wait',
  wait: 'a wait for a signal',
  got: 'a signal',
};

export class JournaledRun implements RunRuntime {
  readonly #run: string;
  readonly #world: RunWorld;
  readonly #halt: Halt;
  readonly #mailbox: Mailbox;
  /** What earlier lives of the run left; an entry goes as soon as it was replayed. */
  readonly #places: Map<string, PlaceEntry>;
  readonly #sent: Map<number, SentEntry>;
  readonly #used = new Set<string>();
  #failure: FlowdeckError | null = null;

  constructor(run: string, history: History, world: RunWorld) {
    this.#run = run;
    this.#world = world;
    this.#halt = new Halt(world.signal, run);
    this.#mailbox = new Mailbox(unreceived(history));
    this.#places = history.places;
    this.#sent = history.sent;
  }

  /** Why the journal gave the run up, or null: only a run that it did not give up can be recorded as ended. */
  get failure(): FlowdeckError | null {
    return this.#failure;
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

  step(id: string, effect: Effect, policy: StepPolicy): Value | Promise<Value> {
    const refusal = this.#claim(id);
    if (refusal !== null) return Promise.reject(refusal);
    const known = this.#recall(id);
    if (known === undefined) return this.#perform(id, effect, policy);
    switch (known.k) {
      case 'step':
        return decodeValue(known.value);
      case 'fail':
        return Promise.reject(decodeError(known.error));
      case 'intent':
        return Promise.reject(outcomeUnknown(this.#run, id));
      default:
        return Promise.reject(kindDiffers(this.#run, id, KIND_NAMES[known.k], KIND_NAMES.step));
    }
  }

  async sleep(id: string, ms: number): Promise<void> {
    const refusal = this.#claim(id);
    if (refusal !== null) throw refusal;
    const known = this.#recall(id);
    if (known !== undefined && known.k !== 'sleep') {
      throw kindDiffers(this.#run, id, KIND_NAMES[known.k], KIND_NAMES.sleep);
    }
    const until = known?.until ?? this.#moment(id, ms);
    if (known === undefined) await this.#append({ k: 'sleep', run: this.#run, id, until });
    await pauseUntil(until, this.#world.clock, this.#halt);
  }

  child<T>(_id: string, call: () => T | Promise<T>): T | Promise<T> {
    return call();
  }

  forEach<T>(
    _id: string,
    count: number,
    call: (index: number) => T | Promise<T>,
    options: { readonly concurrency: number },
  ): Promise<readonly T[]> {
    return forEachInWindow(count, call, options.concurrency, { clock: this.#world.clock, halt: this.#halt });
  }

  async signal(id: string, name: string, timeoutMs?: number): Promise<Value> {
    const refusal = this.#claim(id);
    if (refusal !== null) throw refusal;
    const known = this.#recall(id);
    let until = known?.k === 'wait' ? known.until : undefined;
    if (known?.k === 'got') return this.#received(known.n);
    if (known?.k === 'fail') throw decodeError(known.error);
    if (known !== undefined && until === undefined) {
      throw kindDiffers(this.#run, id, KIND_NAMES[known.k], KIND_NAMES.wait);
    }
    const early = this.#mailbox.take(name);
    if (early !== null) return this.#receive(id, early);
    if (until === undefined && timeoutMs !== undefined) {
      until = this.#moment(id, timeoutMs);
      await this.#append({ k: 'wait', run: this.#run, id, until });
    }
    const signal = await nextSignal(name, until, {
      mailbox: this.#mailbox,
      clock: this.#world.clock,
      halt: this.#halt,
    });
    if (signal !== null) return this.#receive(id, signal);
    const error = new TimeoutError(`No signal "${name}" arrived in time.`, { at: { run: this.#run } });
    await this.#append({ k: 'fail', run: this.#run, id, error: encodeError(error) });
    throw error;
  }

  async #perform(id: string, effect: Effect, policy: StepPolicy): Promise<Value> {
    const run = this.#run;
    if (policy.atMostOnce) {
      await this.#append({ k: 'intent', run, id });
      // Cancelled in the meantime: nothing was sent, but on a replay that is not known any more.
      if (this.#halt.reason !== null) throw this.#halt.reason;
    }
    const { clock, signal } = this.#world;
    const outcome = await attempt(id, effect, policy.timeoutMs, { run, clock, signal, halt: this.#halt });
    if (outcome.kind === 'stopped') throw outcome.reason;
    if (outcome.kind === 'value') {
      // A careless effect gives nothing at all.
      const value: Value = outcome.value ?? null;
      const encoded = this.#encode(id, value);
      if (!(encoded instanceof RunError)) {
        await this.#append({ k: 'step', run, id, value: encoded });
        return value;
      }
      await this.#append({ k: 'fail', run, id, error: encodeError(encoded) });
      throw encoded;
    }
    // The effect gave up because the run was stopped: it is not known whether it took place.
    if (this.#halt.reason !== null) throw this.#halt.reason;
    await this.#append({ k: 'fail', run, id, error: encodeError(outcome.error) });
    throw outcome.error;
  }

  #encode(id: string, value: Value): unknown {
    try {
      return encodeValue(value);
    } catch (error) {
      return valueUnfit(this.#run, `The result of "${id}"`, error);
    }
  }

  /** Takes an id into use, or says why the run may not go on. */
  #claim(id: string): FlowdeckError | null {
    if (this.#halt.reason !== null) return this.#halt.reason;
    if (this.#used.has(id)) return duplicateId(this.#run, id);
    this.#used.add(id);
    return null;
  }

  #recall(id: string): PlaceEntry | undefined {
    const known = this.#places.get(id);
    if (known !== undefined) this.#places.delete(id);
    return known;
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

  #moment(id: string, ms: number): number {
    if (!Number.isFinite(ms)) throw waitFaulty(this.#run, id, ms);
    return this.#world.clock.now() + Math.max(0, ms);
  }

  /** Records who received a signal before anything follows from it: on a replay the same wait gets the same one. */
  async #receive(id: string, signal: SentEntry): Promise<Value> {
    await this.#append({ k: 'got', run: this.#run, id, n: signal.n });
    return decodeValue(signal.value);
  }

  #received(n: number): Value {
    const signal = this.#sent.get(n);
    // A signal is durable before it is delivered, so a recorded receipt has its signal.
    if (signal === undefined) throw signalMissing(this.#run, n);
    this.#sent.delete(n);
    return decodeValue(signal.value);
  }
}
