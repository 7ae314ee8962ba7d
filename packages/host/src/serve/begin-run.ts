/** Begins a run of a flow of a host. */
import type { FlowInfo, RunOptions } from '@flowdeck/engine';
import { tooManyRuns } from './errors.js';
import type { Runs, StartedRun } from './runs.js';
import type { HostVersion } from './served.js';
import type { Trigger } from './trigger.js';
import type { WatchedOptions } from './watched.js';

/** Where its run is counted, kept and timed. */
export interface RunPlace extends Pick<WatchedOptions, 'lasting' | 'maxRuns' | 'traces' | 'clock'> {
  readonly runs: Runs;
}

export function beginRun(
  { engine, deck }: HostVersion,
  { id }: FlowInfo,
  trigger: Trigger,
  options: Omit<RunOptions, 'flow'>,
  { lasting, maxRuns = 1_000, runs, traces, clock }: RunPlace,
): StartedRun {
  if (runs.live >= maxRuns) throw tooManyRuns();
  const startedAt = clock.now();
  const start = () => engine.start(deck, { ...options, flow: id, metadata: { ...options.metadata, trigger } });
  const handle = traces === null ? start() : traces.run(id, trigger, start);
  const ended = runs.follow(handle, { flow: id, trigger, startedAt, event: options.metadata?.['event'] });
  // Whoever does not wait for the end need not hear that the host was stopped before.
  const kept =
    lasting === undefined
      ? Promise.resolve()
      : Promise.race([lasting.journal.kept(handle.runId), Promise.allSettled([ended])]).then(() => {});
  return { runId: handle.runId, kept, ended };
}
