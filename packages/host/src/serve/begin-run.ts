/** Begins a run of a flow of a host. */
import type { Clock, FlowInfo, RunOptions } from '@flowdeck/engine';
import { tooManyRuns } from './errors.js';
import type { HostOptions } from './host-types.js';
import type { Runs, StartedRun, Trigger } from './runs.js';

export function beginRun(
  { id }: FlowInfo,
  trigger: Trigger,
  options: Omit<RunOptions, 'flow'>,
  { engine, deck, lasting, maxRuns = 1_000 }: HostOptions,
  runs: Runs,
  clock: Clock,
): StartedRun {
  if (runs.live >= maxRuns) throw tooManyRuns();
  const startedAt = clock.now();
  const handle = engine.start(deck, { ...options, flow: id, metadata: { ...options.metadata, trigger } });
  const ended = runs.follow(handle, id, trigger, startedAt);
  // Whoever does not wait for the end need not hear that the host was stopped before.
  const kept = Promise.race([lasting?.journal.kept(handle.runId), Promise.allSettled([ended])]).then(() => {});
  return { runId: handle.runId, kept, ended };
}
