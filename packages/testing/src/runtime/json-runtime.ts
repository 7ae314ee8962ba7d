/** A runtime that remembers a run as JSON text, as one on disk does, and has its calls carried out elsewhere where it is told how. */
import type {
  CallOutcome,
  CallRequest,
  Clock,
  JsonData,
  RunLife,
  RunRuntime,
  Runtime,
  RuntimeCall,
} from '@flowdeck/engine';
import { inWindow } from './window.js';

/** Has a call carried out: by `engine.execute`, of this or another engine, with the runtime that it is handed. `over` aborts when the run has ended. */
export type Execute = (request: CallRequest, runtime: RunRuntime, over: AbortSignal) => Promise<CallOutcome>;

/** The same, within one life. */
type ExecuteCall = (request: CallRequest, runtime: RunRuntime) => Promise<CallOutcome>;

/** How a `JsonRuntime` works. */
export interface JsonRuntimeOptions {
  /** Where time is taken from. */
  readonly clock: Clock;
  /** Carries calls out. Every call then goes through JSON text. Default: the engine runs them in the caller's place. */
  readonly execute?: Execute;
  /** Default true. False: the engine keeps to one line of steps, as for a journal that is found by position. */
  readonly keyed?: boolean;
  /** True: whenever a run comes to wait and does nothing else, its life is given up and lived again at once. Default false. */
  readonly suspends?: boolean;
}

/**
 * The runtime of one run, for as many lives as it takes: what a life has asked for, the next one is given again. A call
 * whose request is not the same in each life is refused, as an engine of durable execution would.
 *
 * @example
 * const runtime = new JsonRuntime({ clock, execute: (request, own) => engine.execute(request, { decks, runtime: own }) });
 * const engine = createEngine({ packs, ports: { runtime } });
 */
export class JsonRuntime implements Runtime {
  /** Effects and waits are remembered. */
  readonly transient = false;
  readonly #options: JsonRuntimeOptions;
  /** What came of each place of the run, as JSON text. */
  readonly #kept = new Map<string, string>();
  readonly #requests = new Map<string, string>();
  /** Items of loops, in the order in which they ended: a later life sees the same. */
  readonly #settled = new Map<string, number[]>();
  readonly #spawned = new Map<string, Promise<CallOutcome>>();
  readonly #signals = new Map<string, JsonData[]>();
  readonly #waiting = new Map<string, (value: JsonData) => void>();
  /** Waits under way: they belong to the run, whatever becomes of its lives. */
  readonly #waits = new Map<string, Promise<JsonData>>();
  /** Ends the timers of waits. */
  readonly #stops: (() => void)[] = [];
  #performed = 0;
  #sent = 0;
  #suspended = 0;
  #isSuspending = false;

  constructor(options: JsonRuntimeOptions) {
    this.#options = options;
  }

  /** Effects, waits and signals that were not answered from what was kept. */
  get performed(): number {
    return this.#performed;
  }

  /** Calls that went through JSON. */
  get sent(): number {
    return this.#sent;
  }

  /** Lives that were given up because the run did nothing but wait. */
  get suspended(): number {
    return this.#suspended;
  }

  /** Opens a run or its next life. */
  open(_: unknown, life: RunLife): RunRuntime {
    const { signal: over } = life;
    const end = () => {
      // Waits end with their run, and not with a life that is given up for another.
      if (!this.#isSuspending) for (const stop of this.#stops.splice(0)) stop();
    };
    over.addEventListener('abort', end, { once: true });
    const own: RunRuntime = {
      keyed: this.#options.keyed ?? true,
      step: (id, effect) => this.#once(id, effect),
      sleep: async (id, ms) => void (await this.#wait(id, life, () => this.#sleep(ms))),
      signal: async (id, name, timeoutMs) => {
        const received = await this.#wait(id, life, () => this.#received(name, timeoutMs));
        return Array.isArray(received) ? received[0] : undefined;
      },
    };
    const { execute } = this.#options;
    if (execute === undefined) return own;
    return this.#sending(own, (request, runtime) => execute(request, runtime, over));
  }

  /** Nothing is left to do when a run has ended. */
  close(): void {}

  /** Hands a signal to whoever waits for it, or keeps it. */
  signal(_runId: string, name: string, value: JsonData): void {
    const waiting = this.#waiting.get(name);
    if (waiting !== undefined) waiting(value);
    else this.#signals.set(name, [...(this.#signals.get(name) ?? []), value]);
  }

  #sending(own: RunRuntime, execute: ExecuteCall): RunRuntime {
    const sending: RunRuntime = {
      ...own,
      child: (call) => this.#send(call, sending, execute),
      forEach: (id, count, call, settle, { concurrency }) => {
        const settled = this.#settled.get(id) ?? [];
        this.#settled.set(id, settled);
        const perform = (index: number) => this.#send(call(index), sending, execute);
        return inWindow({ count, perform, settle, concurrency, settled, pause: () => this.#options.clock.yield() });
      },
      spawn: async (call) => {
        // It begins when whoever starts it has gone on, as on another worker.
        const ending = this.#options.clock.yield().then(() => this.#send(call, sending, execute));
        // A life that is over leaves nobody who waits for it.
        ending.catch(() => undefined);
        this.#spawned.set(call.id, ending);
        return call.id;
      },
      join: (token) => this.#spawned.get(token) ?? Promise.reject(new Error(`Nothing was spawned as "${token}".`)),
    };
    return sending;
  }

  async #send(call: RuntimeCall, runtime: RunRuntime, execute: ExecuteCall): Promise<CallOutcome> {
    const text = JSON.stringify(await call.request());
    const before = this.#requests.get(call.id);
    if (before !== undefined && before !== text)
      throw new Error(`"${call.id}" was called as ${before}, now as ${text}`);
    this.#requests.set(call.id, text);
    const outcome = await this.#once(`${call.id}()`, async () => {
      this.#sent++;
      return readAgain(JSON.stringify(await execute(readAgain(text), runtime)));
    });
    return readAgain(JSON.stringify(outcome));
  }

  async #once(id: string, act: () => Promise<JsonData>): Promise<JsonData> {
    let kept = this.#kept.get(id);
    if (kept === undefined) {
      this.#performed++;
      kept = JSON.stringify(await act());
      this.#kept.set(id, kept);
    }
    return readAgain(kept);
  }

  #wait(id: string, life: RunLife, begin: () => Promise<JsonData>): Promise<JsonData> {
    if (this.#options.suspends !== true) return this.#once(id, begin);
    const known = this.#waits.get(id);
    if (known !== undefined) return known;
    const waiting = this.#once(id, begin);
    this.#waits.set(id, waiting);
    void this.#suspend(life);
    return waiting;
  }

  async #suspend(life: RunLife): Promise<void> {
    const { clock } = this.#options;
    await clock.yield();
    if (life.signal.aborted) return;
    this.#isSuspending = true;
    const suspended = life.suspend?.(async (next) => this.open(null, next)) ?? null;
    this.#isSuspending = false;
    if (suspended === null) return;
    this.#suspended++;
    await clock.yield();
    suspended.wake();
  }

  #sleep(ms: number): Promise<JsonData> {
    return new Promise((resolve) => {
      const stop = this.#options.clock.after(ms, () => resolve(null));
      this.#stops.push(stop);
    });
  }

  /** The signal in a list; an empty one when it did not come in time. */
  #received(name: string, timeoutMs: number | undefined): Promise<JsonData> {
    const [early, ...rest] = this.#signals.get(name) ?? [];
    if (early !== undefined) {
      this.#signals.set(name, rest);
      return Promise.resolve([early]);
    }
    return new Promise((resolve) => {
      const settle = (given: readonly JsonData[]) => {
        stop();
        this.#waiting.delete(name);
        resolve(given);
      };
      const stop = timeoutMs === undefined ? () => {} : this.#options.clock.after(timeoutMs, () => settle([]));
      this.#waiting.set(name, (value) => settle([value]));
      this.#stops.push(stop);
    });
  }
}

/** What was written here is read here: it is what it was. */
function readAgain<T>(text: string): T {
  return JSON.parse(text) as T; // see above
}
