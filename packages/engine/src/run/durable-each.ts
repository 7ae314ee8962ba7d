/** The items of a loop that a runtime goes through by itself, here or elsewhere. */
import type { Step } from '../plan/index.js';
import type { CallOutcome } from '../ports/index.js';
import type { Asking, Fault } from './asking.js';
import type { Frame } from './frame.js';
import type { FlowOutcome } from './outcome.js';
import type { Run } from './run.js';
import type { Items } from './seam.js';
import { ShippedCall } from './shipped-call.js';

export async function shipItems(
  asking: Asking,
  step: Step,
  frame: Frame,
  attempt: number,
  items: Items,
): Promise<void> {
  const ready = await activateItems(items);
  const loop = new ShippedItems(asking, ready.items, items);
  const { concurrency } = items;
  const count = ready.items.length;
  if (count > 0) {
    const id = frame.key(step, attempt);
    await asking.ask(
      async (runtime) => runtime.forEach?.(id, count, loop.call, loop.settle, { concurrency }),
      step,
      frame,
      loop,
    );
    await loop.settleLong(step, frame);
  }
  if (ready.fault !== null) throw ready.fault.error;
}

/** An item whose inputs could be read. */
interface ReadyItem {
  readonly index: number;
  readonly frame: Frame;
}

/** The items up to the first that no flow can be called for, where that ends the loop; else all others. */
async function activateItems(items: Items): Promise<Fault & { readonly items: readonly ReadyItem[] }> {
  const ready: ReadyItem[] = [];
  for (let index = 0; index < items.count; index++) {
    try {
      const activated = items.activate(index);
      // The run makes the executions of its seam: they are frames.
      ready.push({ index, frame: (activated instanceof Promise ? await activated : activated) as Frame });
    } catch (error) {
      try {
        items.settle(index, { error });
      } catch (fault) {
        return { items: ready, fault: { error: fault } };
      }
    }
  }
  return { items: ready, fault: null };
}

class ShippedItems implements Fault {
  readonly #asking: Asking;
  readonly #run: Run;
  readonly #ready: readonly ReadyItem[];
  readonly #items: Items;
  /** The same for every item, however many have ended when it begins. */
  readonly #steps: number;
  readonly #calls = new Map<number, ShippedCall>();
  /** Outcomes that lie in the annex: a runtime does not wait for what it hands over. */
  readonly #long: { readonly at: number; readonly outcome: CallOutcome }[] = [];
  #failed: Fault['fault'] = null;

  constructor(asking: Asking, ready: readonly ReadyItem[], items: Items) {
    const { run } = asking;
    this.#asking = asking;
    this.#run = run;
    this.#ready = ready;
    this.#items = items;
    this.#steps = run.limits.steps - run.tree.steps;
  }

  /** What the loop fails with: an item that failed, or one that has no form in which it can cross. */
  get fault(): Fault['fault'] {
    if (this.#failed !== null) return this.#failed;
    for (const call of this.#calls.values()) if (call.fault !== null) return call.fault;
    return null;
  }

  readonly call = (at: number): ShippedCall => {
    const { frame } = this.#ready[at] as ReadyItem; // a runtime asks for those that it was told of
    const call = new ShippedCall(frame, this.#asking.annexing, {
      kind: 'call',
      outputs: this.#items.isRead,
      steps: this.#steps,
    });
    this.#calls.set(at, call);
    return call;
  };

  readonly settle = (at: number, outcome: CallOutcome): void => {
    if (outcome.annexed === null) this.#settle(at, outcome);
    else this.#long.push({ at, outcome });
  };

  /** One after the other, so that no more than one is held at a time beside what the loop keeps. */
  async settleLong(step: Step, frame: Frame): Promise<void> {
    for (const { at, outcome } of this.#long) this.#settle(at, await this.#asking.whole(outcome, step, frame));
  }

  #settle(at: number, outcome: CallOutcome): void {
    const call = this.#calls.get(at);
    this.#calls.delete(at);
    if (this.#run.halted !== null) throw this.#run.halted;
    if (call === undefined) return;
    try {
      this.#items.settle((this.#ready[at] as ReadyItem).index, this.#ended(call, outcome)); // as above
    } catch (error) {
      this.#failed ??= { error };
      throw error;
    }
  }

  #ended(call: ShippedCall, outcome: CallOutcome): { readonly outcome: FlowOutcome } | { readonly error: unknown } {
    try {
      return { outcome: call.receive(outcome) };
    } catch (error) {
      return { error };
    }
  }
}
