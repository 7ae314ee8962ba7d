/** Starts a run and brings it to its result. */
import type { Registry } from '../cards/index.js';
import type { Deck } from '../deck.js';
import { harmless, type Observer, sinkOfRun } from '../observe/index.js';
import type { FlowPlan } from '../plan/index.js';
import { enterRoot } from '../run/call.js';
import type { Limits } from '../run/limits.js';
import type { FlowOutcome } from '../run/outcome.js';
import type { RunResult } from '../run/result.js';
import { Run } from '../run/run.js';
import { watchStep } from '../run/watch-step.js';
import type { World } from '../run/world.js';
import type { DeckTables } from '../tables.js';
import type { Value, ValueObject } from '../values/index.js';
import type { Aborts } from './abort.js';
import { connectOrEnd, HostFault, needsConnections } from './connections.js';
import { Handle, type RunHandle } from './handle.js';
import { fillInputs, valuesByName } from './inputs.js';
import { readMetadata } from './metadata.js';
import { resultOf } from './result.js';
import type { RunOptions } from './run-options.js';

export interface Start {
  readonly deck: Deck;
  readonly plan: FlowPlan;
  readonly options: RunOptions;
  readonly world: World;
  readonly registry: Registry;
  readonly limits: Limits;
  readonly observer: Observer;
  readonly tables: DeckTables;
  readonly aborts: Aborts;
}

/**
 * Starts a run. What the host did wrong (unknown or unusable inputs, a missing connection) rejects `result`; what goes
 * wrong in the flow is part of it.
 */
export function startRun(start: Start): RunHandle {
  const { plan, options, world } = start;
  const metadata = readMetadata(options.metadata);
  const run = new Run({
    id: options.runId ?? world.ids.run(),
    plan,
    metadata,
    world,
    limits: start.limits,
    events: sinkOfRun(start.observer, { onEvent: options.onEvent, metadata, logger: world.logger }),
    startedAt: options.startedAt ?? world.clock.now(),
    onAnswer: options.onAnswer === undefined ? null : harmless(options.onAnswer, 'onAnswer', world.logger),
    watchStep,
  });
  return new Handle(run, bring(start, run));
}

/** Most runs need nothing before their first card: they start at once, and hold no suspended function while they wait. */
function bring(start: Start, run: Run): Promise<RunResult> {
  let slots: Value[];
  try {
    slots = fillInputs(start.plan, start.options, run);
  } catch (error) {
    return Promise.reject(error);
  }
  const detach = start.aborts.attach(start.options.signal, run);
  const tables = start.tables.prepare(start.deck);
  const isReady = tables === null && start.world.runtime.transient && !needsConnections(start);
  const outcome = isReady ? execute(run, slots, null) : prepare(start, run, slots, tables, detach);
  return outcome.then(
    (ended) => conclude(run, detach, ended, null),
    (error: unknown) => conclude(run, detach, null, error),
  );
}

async function prepare(
  start: Start,
  run: Run,
  slots: Value[],
  tables: Promise<void> | null,
  detach: (() => void) | null,
): Promise<FlowOutcome> {
  const { plan, world } = start;
  // A fault of a table is heard below, unless a connection fails first.
  tables?.catch(() => undefined);
  const connection = needsConnections(start) ? await connectOrEnd(start, run, detach) : null;
  await tables;
  if (!world.runtime.transient) {
    const record = {
      runId: run.id,
      flow: plan.id,
      revision: start.deck.revision,
      inputs: valuesByName(plan, slots, false),
      options: valuesByName(plan, slots, true),
      ...(start.options.metadata === undefined ? {} : { metadata: run.origin.metadata }),
      startedAt: run.startedAt,
    };
    run.runtime = await world.runtime.open(record, { signal: run.controller().signal });
    run.early?.release();
  }
  return execute(run, slots, connection);
}

function execute(run: Run, slots: Value[], connection: ValueObject | null): Promise<FlowOutcome> {
  if (run.halted !== null) return Promise.reject(run.halted);
  try {
    const outcome = enterRoot(run, slots, connection);
    return outcome instanceof Promise ? outcome : Promise.resolve(outcome);
  } catch (error) {
    return Promise.reject(error);
  }
}

function conclude(
  run: Run,
  detach: (() => void) | null,
  outcome: FlowOutcome | null,
  error: unknown,
): RunResult | Promise<RunResult> {
  if (error instanceof HostFault) throw error.error;
  // What the flow itself answers does not wait for the flows that it started.
  if (outcome !== null && outcome.answer !== null) run.respond(outcome.answer);
  // Flows that nobody waits for belong to the run: nothing goes on after its result is known.
  const { beside } = run.tree;
  if (beside !== null && beside.live > 0) {
    run.world.deadlines.add(run);
    return beside.settled().then(() => conclude(run, detach, outcome, error));
  }
  // What ended the run ends it, also where only they were under way, or a card met its end as an error of its own.
  if (run.halted !== null && error !== run.halted) return conclude(run, detach, null, run.halted);
  detach?.();
  run.end();
  const result = resultOf(run, outcome, error);
  // A run that its runtime refused to open is not the runtime's to close.
  if (run.runtime === null) return result;
  const { status, outputs } = result;
  return Promise.resolve(run.world.runtime.close(run.id, { status, outputs, error: result.error })).then(() => result);
}
