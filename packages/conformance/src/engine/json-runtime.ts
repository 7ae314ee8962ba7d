/** A runtime that keeps what a run was given as JSON text, as one on disk does, and gives it back when the run is lived again. */
import { type Clock, type Runtime, TimeoutError, type Value } from '@flowdeck/engine';
import { decodeValue, type EffectContext, encodeValue, type RunRuntime, type StepPolicy } from '@flowdeck/engine/kit';

/** What came of a place of the run: the JSON text of a value, or what was thrown. Errors cross as they are. */
type Kept = { readonly json: string } | { readonly error: unknown };

/** The runtime of one run, for as many lives as it takes. */
export class JsonRuntime implements Runtime {
  readonly transient = false;
  readonly #clock: Clock;
  readonly #kept = new Map<string, Kept>();
  readonly #signals = new Map<string, Value[]>();
  readonly #waiting = new Map<string, (value: Value) => void>();
  #performed = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Effects, waits and signals that were not answered from what was kept. */
  get performed(): number {
    return this.#performed;
  }

  open(_: unknown, { signal: halt }: { readonly signal: AbortSignal }): RunRuntime {
    return {
      step: (id, effect, policy) => this.#once(id, () => this.#perform(id, effect, policy, halt)),
      sleep: async (id, ms) => void (await this.#once(id, () => this.#sleep(ms, halt))),
      child: (_id, call) => call(),
      forEach: (_id, count, call, { concurrency }) => inWindow(count, call, concurrency),
      signal: (id, name, timeoutMs) => this.#once(id, () => this.#received(name, timeoutMs, halt)),
    };
  }

  close(): void {}

  signal(_runId: string, name: string, value: Value): void {
    const waiting = this.#waiting.get(name);
    if (waiting !== undefined) waiting(value);
    else this.#signals.set(name, [...(this.#signals.get(name) ?? []), value]);
  }

  async #once(id: string, act: () => Value | Promise<Value>): Promise<Value> {
    let kept = this.#kept.get(id);
    if (kept === undefined) {
      this.#performed++;
      kept = await keep(act);
      this.#kept.set(id, kept);
    }
    if ('error' in kept) throw kept.error;
    return decodeValue(JSON.parse(kept.json));
  }

  #perform(
    id: string,
    effect: (context: EffectContext) => Value | Promise<Value>,
    { timeoutMs }: StepPolicy,
    halt: AbortSignal,
  ): Promise<Value> {
    const own = new AbortController();
    const signal = AbortSignal.any([halt, own.signal]);
    const given = Promise.resolve().then(() => effect({ key: id, signal }));
    return this.#until(given, timeoutMs, halt, (ms) => {
      const error = new TimeoutError(`"${id}" took longer than ${ms} ms.`);
      own.abort(error);
      throw error;
    });
  }

  #sleep(ms: number, halt: AbortSignal): Promise<Value> {
    return this.#until(new Promise(() => {}), ms, halt, () => null);
  }

  #received(name: string, timeoutMs: number | undefined, halt: AbortSignal): Value | Promise<Value> {
    const [early, ...rest] = this.#signals.get(name) ?? [];
    if (early !== undefined) {
      this.#signals.set(name, rest);
      return early;
    }
    const given = new Promise<Value>((resolve) => this.#waiting.set(name, resolve));
    return this.#until(given, timeoutMs, halt, (ms) => {
      throw new TimeoutError(`Nobody signalled "${name}" within ${ms} ms.`);
    }).finally(() => this.#waiting.delete(name));
  }

  /** What is given, what `late` makes of the end of the time, or the end of the run: whichever comes first. */
  #until(
    given: Promise<Value>,
    ms: number | undefined,
    halt: AbortSignal,
    late: (ms: number) => Value,
  ): Promise<Value> {
    return new Promise<Value>((resolve, reject) => {
      const stop =
        ms === undefined
          ? () => {}
          : this.#clock.after(ms, () => {
              settle(() => resolve(late(ms)));
            });
      const halted = () => settle(() => reject(halt.reason));
      const settle = (work: () => void) => {
        stop();
        halt.removeEventListener('abort', halted);
        try {
          work();
        } catch (error) {
          reject(error);
        }
      };
      halt.addEventListener('abort', halted, { once: true });
      given.then(
        (value) => settle(() => resolve(value)),
        (error) => settle(() => reject(error)),
      );
    });
  }
}

async function keep(act: () => Value | Promise<Value>): Promise<Kept> {
  try {
    return { json: JSON.stringify(encodeValue(await act())) };
  } catch (error) {
    return { error };
  }
}

/** Started in order, at most so many at a time; after the first error none is begun, and those under way are waited for. */
async function inWindow<T>(count: number, call: (index: number) => T | Promise<T>, width: number): Promise<T[]> {
  const results = new Array<T>(count);
  const errors: unknown[] = [];
  let next = 0;
  const line = async () => {
    while (next < count && errors.length === 0) {
      const index = next++;
      try {
        const given = call(index);
        results[index] = given instanceof Promise ? await given : given;
      } catch (error) {
        errors.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(count, Math.max(1, Math.floor(width))) }, line));
  if (errors.length > 0) throw errors[0];
  return results;
}
