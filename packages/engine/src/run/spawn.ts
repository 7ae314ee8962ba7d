/** Starts flows that nobody waits for: one after the other, and none of them any more when the run has ended. */
import type { Outputs } from '../cards/index.js';
import { digestOf } from '../document/murmur3.js';
import { CancelledError, LimitError } from '../errors.js';
import type { FlowPlan, Step } from '../plan/index.js';
import type { ValueObject } from '../values/index.js';
import { Beside, type ChildOutcome } from './beside.js';
import { assign, connectionAtHand, told } from './call.js';
import { Failure } from './failure.js';
import { Frame } from './frame.js';
import type { FlowOutcome } from './outcome.js';
import type { Run } from './run.js';
import { valuesNow } from './services.js';

/** Has what is begun wait until its turn has come. */
export type Turn = (go: () => Promise<FlowOutcome>) => Promise<FlowOutcome>;

/**
 * Starts a flow that nobody waits for; with a `turn`, which a runtime asks for, when that has come. Its failure is kept
 * with the run, and does not touch the caller.
 */
export function spawn(
  caller: Frame,
  step: Step,
  attempt: number,
  plan: FlowPlan,
  inputs: Outputs | Promise<Outputs>,
  turn: Turn | null,
): string {
  const { run } = caller;
  const frame = frameBeside(caller, step, attempt, plan);
  const enter = (values: Outputs): FlowOutcome | Promise<FlowOutcome> => {
    assign(plan, frame.slots, values);
    if (step.connection === null) return go(frame, step);
    const now = valuesNow(run, step.connection);
    if (!(now instanceof Promise)) return goWith(frame, step, now);
    return now.then((later) => goWith(frame, step, later));
  };
  // Where the run ends before the flow begins, nobody hears what its inputs come to.
  if (inputs instanceof Promise) inputs.catch(() => undefined);
  const begin = () => (inputs instanceof Promise ? inputs.then(enter) : enter(inputs));
  besideOf(run).add({
    executionId: frame.executionId,
    flow: plan.id,
    begin: turn === null ? begin : () => turn(() => atRest(run, begin)),
  });
  return frame.executionId;
}

/** The frame of a flow that nobody waits for, if the run may start one more. */
export function frameBeside(caller: Frame, step: Step, attempt: number, plan: FlowPlan): Frame {
  const { run } = caller;
  admit(run, step, caller);
  const frame = new Frame(
    plan,
    plan.initial.slice(),
    connectionAtHand(caller, step),
    run,
    caller,
    step,
    null,
    attempt,
    0,
  );
  frame.home = shortened(frame.executionId, run.id);
  return frame;
}

/** The flows beside the run. */
export function besideOf(run: Run): Beside {
  run.tree.beside ??= new Beside({
    // When a runtime hears of a flow must not depend on how fast the machine is: there, the flow waits itself.
    rest: () => (run.seam.isDurable ? null : run.rest()),
    failed: (error) => howFailed(run, error),
  });
  return run.tree.beside;
}

function goWith(frame: Frame, step: Step, connection: ValueObject): FlowOutcome | Promise<FlowOutcome> {
  frame.connection = connection;
  return go(frame, step);
}

function go(frame: Frame, step: Step): FlowOutcome | Promise<FlowOutcome> {
  const { run } = frame;
  return run.look(step, frame) ? run.afterTurn(() => told(frame, 'async')) : told(frame, 'async');
}

/** Neither more flows at a time nor more in all than the run may start; and no start goes unseen. */
function admit(run: Run, step: Step, caller: Frame): void {
  const { limits, tree } = run;
  const beside = besideOf(run);
  if (beside.spawned + (tree.spawnedCalls?.length ?? 0) >= limits.spawnedFlows)
    throw run.halt(spawnLimit('spawnedFlows', limits.spawnedFlows, 'in all'), step, caller);
  if (beside.live >= limits.liveFlows)
    throw run.halt(spawnLimit('liveFlows', limits.liveFlows, 'at a time'), step, caller);
  run.lookout.glance(step, caller);
}

async function atRest<T>(run: Run, go: () => T | Promise<T>): Promise<T> {
  for (let rest = run.rest(); rest !== null; rest = run.rest()) await rest;
  return go();
}

function spawnLimit(limit: string, most: number, when: string): LimitError {
  return new LimitError(limit, `The run starts more than ${most} flows ${when}: the limit ${limit} is exceeded.`, {
    hint: `Look for a flow that starts itself and does not end, or raise the limit ${limit}.`,
  });
}

/** What an error means that a flow beside the run ended with: what ended the run is no error of a card of that flow. */
function howFailed({ halted }: Run, error: unknown): Pick<ChildOutcome, 'status' | 'error'> {
  const reason = halted instanceof Failure ? halted.error : halted;
  if (halted === null || error !== halted || !(reason instanceof CancelledError)) return { status: 'error', error };
  return { status: 'cancelled', error: reason };
}

/** Flows that start each other would have ever longer ids: beyond this length an id is told by a hash of it. */
const LONGEST_ID = 1_000;

function shortened(id: string, runId: string): string {
  return id.length <= LONGEST_ID ? id : `${runId}/~${digestOf(id)}`;
}
