/** What a runtime keeps of a run, so that it can be resumed. */
import type { RunRecord } from '../ports/index.js';
import type { Limits } from '../run/limits.js';
import { withinRecord } from '../run/record-size.js';
import type { Run } from '../run/run.js';
import type { Value } from '../values/index.js';
import { valuesByName } from './inputs.js';
import type { Start } from './one-life.js';

/** @throws LimitError when it is longer than a record may be. */
export function recordOfRun({ options, deck, plan }: Start, run: Run, slots: readonly Value[]): RunRecord {
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
  return withinRecord(record, run.limits, { what: 'What the run starts with', at: { run: run.id } });
}

/** JSON has no form for infinity. */
function finiteLimits(limits: Partial<Limits>): Record<string, number> {
  return Object.fromEntries(Object.entries(limits).filter(([, limit]) => Number.isFinite(limit)));
}
