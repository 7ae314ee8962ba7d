/** Starts a run: in memory, in a runtime of its own, or where the engine's runs live. */
import type { RunResult } from '../run/result.js';
import type { Run } from '../run/run.js';
import type { Value } from '../values/index.js';
import { Handle, type RunHandle } from './handle.js';
import { fillInputs } from './inputs.js';
import { LastingRun } from './lasting-run.js';
import { birthOf, bring, makeRun, type Start, surroundingsOf } from './one-life.js';

/**
 * What the host did wrong (unknown or unusable inputs, a missing connection) rejects `result`; what goes wrong in the flow
 * is part of it.
 */
export function startRun(start: Start): RunHandle {
  const { options, house } = start;
  const { runtime: own } = options;
  if (own === undefined && !house.world.runtime.transient) return new LastingRun(start);
  const birth = birthOf(start);
  const run = makeRun(start, birth, surroundingsOf(start, birth), null);
  return new Handle(run, bringStarted(start, run), own);
}

function bringStarted(start: Start, run: Run): Promise<RunResult> {
  const { runtime: own, signal } = start.options;
  let slots: Value[];
  try {
    slots = fillInputs(start.plan, start.options, run);
  } catch (error) {
    return Promise.reject(error);
  }
  return bring(start, run, slots, signal, own === undefined || own === null ? null : () => own);
}
