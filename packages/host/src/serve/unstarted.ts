/** Tells of a flow that could not be started at its moment. */
import { reasonOf } from '../log/errors.js';
import type { HostOptions } from './host-types.js';
import { isLeft } from './lasting-runs.js';
import type { ScheduledHost } from './scheduled-runs.js';

/** Not of one that is left to the next host. */
export function unstarted({ onWarning }: Pick<HostOptions, 'onWarning'>): ScheduledHost['warn'] {
  return (flow, error) => {
    if (isLeft(error)) return;
    onWarning?.({ code: 'schedule-failed', message: `Flow "${flow}" could not be started: ${reasonOf(error)}` });
  };
}
