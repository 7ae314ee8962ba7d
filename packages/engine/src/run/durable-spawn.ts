/** Flows that nobody waits for, in a run that something remembers. */
import type { Outputs } from '../cards/index.js';
import type { RunStatus } from '../observe/index.js';
import type { FlowPlan, Step } from '../plan/index.js';
import type { CallOutcome, SpawnedCall } from '../ports/index.js';
import type { Asking } from './asking.js';
import { assign } from './call.js';
import type { Frame } from './frame.js';
import { Line } from './line.js';
import { pathAsData, pathOfData, reportOfCall } from './ship.js';
import { ShippedCall } from './shipped-call.js';
import { besideOf, frameBeside, spawn, type Turn } from './spawn.js';
import { adoptTold } from './told.js';
import { wayTo } from './way.js';

export class DurableSpawn {
  readonly #asking: Asking;
  /** Where flows take their turn, when two lines of steps may not go on side by side. */
  readonly #line = new Line();

  constructor(asking: Asking) {
    this.#asking = asking;
  }

  start(
    caller: Frame,
    step: Step,
    attempt: number,
    plan: FlowPlan,
    inputs: Outputs | Promise<Outputs>,
  ): string | Promise<string> {
    const { runtime } = this.#asking;
    this.#asking.refusePure(caller);
    if (runtime.spawn !== undefined && runtime.join !== undefined && !plan.pure) {
      return this.#send(frameBeside(caller, step, attempt, plan), step, caller, inputs);
    }
    // Of a pure flow nothing is remembered: beside the main line it would count its steps now here, now there.
    const turn: Turn = runtime.keyed && !plan.pure ? (go) => go() : this.#line.take;
    return spawn(caller, step, attempt, plan, inputs, turn);
  }

  /** What is left when the main line has ended: here one after the other or side by side, then what runs elsewhere. */
  remaining(): Promise<void> | null {
    const { tree, entrance, halted } = this.#asking.run;
    this.#line.free();
    if (tree.beside !== null && tree.beside.live > 0) return tree.beside.settled();
    // What a call from elsewhere has started is joined by the run that was started.
    const calls = entrance === null ? tree.spawnedCalls : null;
    if (calls === null || calls.length === 0) return null;
    if (halted === null) return this.#joinNext();
    tree.spawnedCalls = null;
    // They end with the run, which waits for none of them.
    const beside = besideOf(this.#asking.run);
    for (const { executionId, flow } of calls) beside.ended(executionId, flow, halted);
    return null;
  }

  async #send(frame: Frame, step: Step, caller: Frame, inputs: Outputs | Promise<Outputs>): Promise<string> {
    const { run } = this.#asking;
    const id = frame.executionId;
    const flow = frame.plan.id;
    const fail = (error: unknown): string => {
      besideOf(run).add({
        executionId: id,
        flow,
        begin() {
          throw error;
        },
      });
      return id;
    };
    try {
      assign(frame.plan, frame.slots, await inputs);
    } catch (error) {
      return fail(error);
    }
    const steps = run.limits.steps - run.tree.steps;
    const call = new ShippedCall(frame, this.#asking.annexing, { kind: 'async', outputs: false, steps });
    try {
      const token = await this.#asking.ask(async (runtime) => runtime.spawn?.(call), step, caller, call);
      if (token !== undefined)
        run.tree.adopt([{ token, executionId: id, flow, path: pathAsData(wayTo(step, caller)) }]);
      return id;
    } catch (error) {
      if (run.halted !== null) throw error;
      return fail(error);
    }
  }

  async #joinNext(): Promise<void> {
    const { run } = this.#asking;
    const next = run.tree.spawnedCalls?.[0];
    if (next === undefined) return;
    const outcome = await this.#asking.ask(async (runtime) => runtime.join?.(next.token), null, null);
    run.tree.spawnedCalls?.shift();
    if (outcome !== undefined) this.#joined(next, await this.#asking.whole(outcome, null, null));
  }

  #joined(spawned: SpawnedCall, outcome: CallOutcome): void {
    const { tree } = this.#asking.run;
    const { executionId, flow } = spawned;
    const path = pathOfData(spawned.path);
    tree.steps += outcome.steps;
    tree.adopt(outcome.spawned.map((call) => ({ ...call, path: pathAsData([...path, ...pathOfData(call.path)]) })));
    adoptTold(tree, outcome.told, (point) => [...path, ...point]);
    const error = reportOfCall(outcome, path);
    const status = error === null ? (outcome.kind === 'stop' ? 'stopped' : 'success') : statusOf(error.report.code);
    besideOf(this.#asking.run).keep({ executionId, flow, status, error });
  }
}

/** What ended the whole run is no error of a card of that flow. */
function statusOf(code: string): RunStatus {
  return code === 'cancelled' ? 'cancelled' : 'error';
}
