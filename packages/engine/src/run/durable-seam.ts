/** A run that something remembers: effects, waits and calls go through its runtime, as JSON. */
import type { Outputs } from '../cards/index.js';
import { TimeoutError } from '../errors.js';
import type { FlowPlan, Step } from '../plan/index.js';
import type { RunRuntime } from '../ports/index.js';
import {
  decodeValue,
  encodeValue,
  isPlainObject,
  type JsonData,
  type Value,
  type ValueObject,
} from '../values/index.js';
import { annexedAt, putAside } from './annexed.js';
import { Asking } from './asking.js';
import { activate, begin } from './call.js';
import { shipItems } from './durable-each.js';
import { DurableSpawn } from './durable-spawn.js';
import { decodeError, encodeError } from './error-wire.js';
import type { Frame } from './frame.js';
import { handled } from './handled.js';
import type { Limits } from './limits.js';
import type { FlowOutcome } from './outcome.js';
import type { PendingWaits } from './pending-waits.js';
import { withinRecord } from './record-size.js';
import { isAtMostOnce, outcomeUnknown } from './repeating.js';
import type { Run } from './run.js';
import type { EachFunction, Seam } from './seam.js';
import { seededRandom } from './seeded.js';
import { flowsOfDeck, mayLeave } from './ship.js';
import { ShippedCall } from './shipped-call.js';
import { type Effect, isThenable } from './waiting.js';

export class DurableSeam implements Seam {
  readonly isDurable = true;
  readonly each: EachFunction | null;
  readonly #asking: Asking;
  readonly #spawn: DurableSpawn;
  readonly #waits: PendingWaits | null;

  /** `waits`: follows what the run waits for. Null: nobody asks. */
  constructor(run: Run, runtime: RunRuntime, waits: PendingWaits | null = null) {
    this.#waits = waits;
    const asking = new Asking(run, runtime);
    this.#asking = asking;
    this.#spawn = new DurableSpawn(asking);
    const ship: EachFunction = (step, frame: Frame, attempt, items) => shipItems(asking, step, frame, attempt, items);
    this.each = runtime.forEach === undefined ? null : ship;
  }

  effect(step: Step, frame: Frame, attempt: number, effect: Effect, call: () => unknown): unknown {
    const asking = this.#asking;
    asking.refusePure(frame);
    const id = frame.key(step, attempt);
    if (isAtMostOnce(step, frame)) return this.#once(step, frame, id, effect, call);
    const kept = asking.begin((runtime) => runtime.step(id, () => this.#perform(step, frame, effect, call)));
    if (!isThenable(kept)) return this.#take(kept, step, frame);
    return asking.answer(kept, step, frame).then((json) => this.#take(json, step, frame));
  }

  sleep(id: string, ms: number, step: Step, frame: Frame): Promise<undefined> {
    return handled(this.#sleep(id, ms, step, frame));
  }

  waitFor(id: string, name: string, timeoutMs: number | undefined, step: Step, frame: Frame): Promise<Value> {
    return handled(this.#signal(id, name, timeoutMs, step, frame));
  }

  async #sleep(id: string, ms: number, step: Step, frame: Frame): Promise<undefined> {
    this.#asking.refusePure(frame);
    await this.#wait(id, step, frame, () => this.#asking.ask((runtime) => runtime.sleep(id, ms), step, frame));
  }

  async #signal(id: string, name: string, timeoutMs: number | undefined, step: Step, frame: Frame): Promise<Value> {
    this.#asking.refusePure(frame);
    const ask = () => this.#asking.ask((runtime) => runtime.signal(id, name, timeoutMs), step, frame);
    const json = await this.#wait(id, step, frame, ask);
    if (json === undefined) throw new TimeoutError(`Nobody signalled "${name}" within ${timeoutMs} ms.`);
    return decodeValue(json, flowsOfDeck(frame));
  }

  #wait<T>(id: string, step: Step, frame: Frame, ask: () => Promise<T>): Promise<T> {
    return this.#waits === null ? ask() : this.#waits.wait(id, step, frame, ask);
  }

  draw(id: string): number {
    return seededRandom(id)();
  }

  enter(
    caller: Frame,
    step: Step,
    attempt: number,
    plan: FlowPlan,
    slots: Value[],
    index: number | null,
    connection: ValueObject | null,
    error: ValueObject | null,
  ): FlowOutcome | Promise<FlowOutcome> {
    const asking = this.#asking;
    const { run, runtime } = asking;
    const frame = activate(caller, step, attempt, plan, slots, index, connection, error);
    const child = runtime.child?.bind(runtime);
    if (child === undefined || !mayLeave(frame, caller)) return begin(frame, step);
    const send = async (): Promise<FlowOutcome> => {
      const steps = run.limits.steps - run.tree.steps;
      const call = new ShippedCall(frame, asking.annexing, { kind: 'call', outputs: true, steps });
      const outcome = await asking.ask(() => child(call), step, caller, call);
      return call.receive(outcome.annexed === null ? outcome : await asking.whole(outcome, step, caller));
    };
    return run.spend(step, frame) ? run.afterTurn(send) : send();
  }

  width(wanted: number): number {
    return this.#asking.runtime.keyed ? wanted : 1;
  }

  spawn(
    caller: Frame,
    step: Step,
    attempt: number,
    plan: FlowPlan,
    inputs: Outputs | Promise<Outputs>,
  ): string | Promise<string> {
    return this.#spawn.start(caller, step, attempt, plan, inputs);
  }

  remaining(): Promise<void> | null {
    return this.#spawn.remaining();
  }

  /**
   * First the intent is remembered, then what came of it. An intent of an earlier life means that the effect may have
   * taken place: only the life that has the intent itself performs it.
   */
  async #once(step: Step, frame: Frame, id: string, effect: Effect, call: () => unknown): Promise<Value> {
    const asking = this.#asking;
    const { clock } = asking.run.world;
    let isOurs = false;
    const intend = async (): Promise<JsonData> => {
      isOurs = true;
      return clock.now();
    };
    const begunAt = await asking.ask(async (runtime) => runtime.step(`${id}~intent`, intend), step, frame);
    const perform = async (): Promise<JsonData> =>
      isOurs ? this.#perform(step, frame, effect, call) : { error: encodeError(outcomeUnknown(step, id, begunAt)) };
    return this.#take(await asking.ask(async (runtime) => runtime.step(id, perform), step, frame), step, frame);
  }

  /** What an effect gave, now or before. */
  #take(kept: JsonData, step: Step, frame: Frame): Value | Promise<Value> {
    const place = annexedAt(kept);
    if (place === null) return takeStep(kept, frame);
    return this.#asking.recall(place, step, frame).then((json) => takeStep(json, frame));
  }

  /** Performs an effect within its time; whatever comes of it is JSON. Rejects when the run has ended meanwhile. */
  async #perform(step: Step, frame: Frame, effect: Effect, call: () => unknown): Promise<JsonData> {
    const { run } = this.#asking;
    try {
      const result = call();
      const value = isThenable(result)
        ? await run.waiting.timed(result, step.timeoutMs ?? run.limits.cardTimeMs, step, frame, effect)
        : result;
      // What is no value, or too long, is refused here, and the refusal is remembered.
      const kept = { value: encodeValue((value ?? null) as Value) };
      const place = putAside(kept, this.#asking.annexing, { what: 'What the card gives' });
      return place === null ? kept : { annexed: await place };
    } catch (error) {
      // An effect that was told to stop: whether it took place is not known.
      if (run.halted !== null) throw error;
      return { error: shortError(encodeError(error), run.limits) };
    } finally {
      effect.release();
    }
  }
}

/** An error that is too long for the runtime is one of that. */
function shortError(error: JsonData, limits: Limits): JsonData {
  try {
    return withinRecord(error, limits, { what: 'What the card fails with' });
  } catch (limit) {
    return encodeError(limit);
  }
}

/** What an effect gave, or failed with. */
function takeStep(kept: JsonData, frame: Frame): Value {
  if (isPlainObject(kept) && 'error' in kept) throw decodeError(kept['error']);
  return decodeValue(isPlainObject(kept) ? kept['value'] : null, flowsOfDeck(frame));
}
