/** Starts a run and brings it to its result. */
import type { Deck } from '../deck.js';
import { harmless, sinkOfRun } from '../observe/index.js';
import type { FlowPlan } from '../plan/index.js';
import type { RunRecord, RunRuntime } from '../ports/index.js';
import type { Limits } from '../run/limits.js';
import { LOCAL } from '../run/local-seam.js';
import type { FlowOutcome } from '../run/outcome.js';
import { withinRecord } from '../run/record-size.js';
import type { RunResult } from '../run/result.js';
import { Run } from '../run/run.js';
import { watchStep } from '../run/watch-step.js';
import type { Value } from '../values/index.js';
import { apart } from './apart.js';
import { Handle, type RunHandle } from './handle.js';
import { fillInputs, valuesByName } from './inputs.js';
import { type House, type Life, live } from './life.js';
import { readMetadata } from './metadata.js';
import { resultOf } from './result.js';
import { runEndOf } from './run-end.js';
import type { RunOptions } from './run-options.js';

export interface Start {
  readonly house: House;
  readonly deck: Deck;
  readonly plan: FlowPlan;
  readonly options: RunOptions;
  readonly limits: Limits;
}

/**
 * Starts a run. What the host did wrong (unknown or unusable inputs, a missing connection) rejects `result`; what goes
 * wrong in the flow is part of it.
 */
export function startRun(start: Start): RunHandle {
  const { plan, options, house } = start;
  const { world, observer } = house;
  const metadata = readMetadata(options.metadata);
  const run = new Run({
    origin: { runId: options.runId ?? world.ids.run(), flow: plan.id, metadata },
    plan,
    world,
    limits: start.limits,
    events: sinkOfRun(observer, { onEvent: options.onEvent, metadata, logger: world.logger }),
    startedAt: options.startedAt ?? world.clock.now(),
    onAnswer: options.onAnswer === undefined ? null : harmless(options.onAnswer, 'onAnswer', world.logger),
    watchStep,
    seam: LOCAL,
    entrance: null,
  });
  return new Handle(run, bring(start, run), options.runtime);
}

function bring(start: Start, run: Run): Promise<RunResult> {
  const { house, deck, plan, options } = start;
  let slots: Value[];
  try {
    slots = fillInputs(plan, options, run);
  } catch (error) {
    return Promise.reject(error);
  }
  const { connection, signal, abandon } = options;
  const reporting = plan.parameters.some(({ slot }) => isShareable(slots[slot])) ? reportApart : report;
  return live(
    { house, deck, plan, slots, connection, signal, abandon, open: opener(start, slots), report: reporting },
    run,
  );
}

/** How a run comes by what remembers it: the runtime that the host gave for it, else that of the engine. */
function opener(start: Start, slots: readonly Value[]): Life<RunResult>['open'] {
  const { runtime: given } = start.options;
  if (given === undefined) return start.house.world.runtime.transient ? null : opening(start, slots);
  return given === null ? null : () => given;
}

function opening(
  { house, options, deck, plan }: Start,
  slots: readonly Value[],
): (run: Run) => RunRuntime | Promise<RunRuntime> {
  const { runtime } = house.world;
  return (run) => {
    const record: RunRecord = {
      runId: run.id,
      flow: plan.id,
      revision: deck.revision,
      inputs: valuesByName(plan, slots, false),
      options: valuesByName(plan, slots, true),
      ...(options.metadata === undefined ? {} : { metadata: run.origin.metadata }),
      ...(options.connection === undefined ? {} : { connection: options.connection }),
      ...(options.limits === undefined ? {} : { limits: finiteLimits(options.limits) }),
      startedAt: run.startedAt,
    };
    return runtime.open(withinRecord(record, run.limits, { what: 'What the run starts with', at: { run: run.id } }), {
      signal: run.controller().signal,
    });
  };
}

/** JSON has no form for infinity. */
function finiteLimits(limits: Partial<Limits>): Record<string, number> {
  return Object.fromEntries(Object.entries(limits).filter(([, limit]) => Number.isFinite(limit)));
}

function report(run: Run, outcome: FlowOutcome | null, error: unknown): RunResult | Promise<RunResult> {
  const result = resultOf(run, outcome, error);
  // A run that its runtime refused to open is not the runtime's to close, nor one that has a runtime of its own.
  if (!run.seam.isDurable || run.world.runtime.transient) return result;
  return Promise.resolve(run.world.runtime.close(run.id, runEndOf(result))).then(() => result);
}

/** Whether a host could change it and with it what it is handed on to. */
function isShareable(value: Value | undefined): boolean {
  return typeof value === 'object' && value !== null;
}

/** The same for a run that was given what a host may go on using: only such a run pays for a copy. */
function reportApart(run: Run, outcome: FlowOutcome | null, error: unknown): RunResult | Promise<RunResult> {
  return report(run, outcome === null ? null : apart(outcome), error);
}
