/** One life of a run that is started here: what it is made of, and the way to its result. */
import type { Deck } from '../deck.js';
import { harmless, type Redactor, sinkOfRun } from '../observe/index.js';
import type { FlowPlan } from '../plan/index.js';
import type { RunOrigin } from '../ports/index.js';
import type { Limits } from '../run/limits.js';
import { LOCAL } from '../run/local-seam.js';
import type { FlowOutcome } from '../run/outcome.js';
import type { PendingWaits } from '../run/pending-waits.js';
import type { RunResult } from '../run/result.js';
import { Run } from '../run/run.js';
import type { RunSetup } from '../run/run-setup.js';
import { watchStep } from '../run/watch-step.js';
import type { Value } from '../values/index.js';
import { apart } from './apart.js';
import { type House, type Life, LifeEnd, live } from './life.js';
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

/** What all lives of a run share. */
export interface Birth {
  readonly origin: RunOrigin;
  readonly startedAt: number;
}

export function birthOf({ house: { world }, plan, options }: Start): Birth {
  return {
    origin: { runId: options.runId ?? world.ids.run(), flow: plan.id, metadata: readMetadata(options.metadata) },
    startedAt: options.startedAt ?? world.clock.now(),
  };
}

/** Who hears of a run, and what it lives in. */
export type Surroundings = Pick<RunSetup, 'events' | 'onAnswer' | 'world'>;

export function surroundingsOf({ house: { world, observer }, options }: Start, { origin }: Birth): Surroundings {
  const { onEvent, onAnswer } = options;
  return {
    events: sinkOfRun(observer, { onEvent, metadata: origin.metadata, logger: world.logger }),
    onAnswer: onAnswer === undefined ? null : harmless(onAnswer, 'onAnswer', world.logger),
    world,
  };
}

/** `redactor`: what an earlier life knew to be secret. */
export function makeRun(start: Start, birth: Birth, around: Surroundings, redactor: Redactor | null): Run {
  return new Run({
    origin: birth.origin,
    plan: start.plan,
    world: around.world,
    limits: start.limits,
    events: around.events,
    startedAt: birth.startedAt,
    onAnswer: around.onAnswer,
    watchStep,
    seam: LOCAL,
    redactor,
    entrance: null,
  });
}

/** Brings a run to its result. `signal` cancels it. `open`: how it comes by what remembers it; null: nothing does. */
export function bring(
  { house, deck, plan, options: { connection, abandon } }: Start,
  run: Run,
  slots: Value[],
  signal: AbortSignal | undefined,
  open: Life<RunResult>['open'],
  waits: PendingWaits | null = null,
): Promise<RunResult> {
  const end = plan.parameters.some(({ slot }) => isShareable(slots[slot])) ? REPORTED_APART : REPORTED;
  return live({ house, deck, plan, slots, connection, signal, abandon, open, waits, end }, run);
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

const REPORTED = new LifeEnd(report);
const REPORTED_APART = new LifeEnd(reportApart);
