/** Errors of a host. */
import { FlowdeckError, type FlowInfo, type Schedule } from '@flowdeck/engine';
import type { HostCode } from '../codes.js';

export function unknownFlow(id: string, known: readonly string[]): FlowdeckError {
  return new FlowdeckError<HostCode>('flow-unknown', `There is no flow ${JSON.stringify(id)}.`, {
    hint: `Flows: ${known.join(', ')}.`,
  });
}

export function startedByHand({ id, type }: FlowInfo): FlowdeckError {
  return new FlowdeckError<HostCode>(
    'flow-by-hand',
    `Flow "${id}" is of type ${type}: nothing but a person starts it.`,
    {
      hint: 'Only flows of type api, schedule, event and delegated are turned on and off.',
    },
  );
}

export function notDelegated({ id, type }: FlowInfo): FlowdeckError {
  return new FlowdeckError<HostCode>('flow-delegated', `Flow "${id}" is of type ${type}: nobody delegates it.`, {
    hint: 'Start it by hand, or let it be of type "delegated".',
  });
}

export function isOff({ id }: FlowInfo): FlowdeckError {
  return new FlowdeckError<HostCode>('flow-off', `Flow "${id}" is off.`, { hint: 'Turn it on, or start it by hand.' });
}

/** @param error What reading the schedule threw; null for one that can be read and never comes. */
export function neverComes(flow: string, { cron, timeZone }: Schedule, error: unknown): FlowdeckError {
  const reason = error instanceof Error ? ` (${error.message})` : '';
  const zone = timeZone === undefined ? '' : ` in ${JSON.stringify(timeZone)}`;
  return new FlowdeckError<HostCode>(
    'schedule-never',
    `The schedule of flow "${flow}", ${JSON.stringify(cron)}${zone}, ${error === null ? 'has no moment to come' : `cannot be read${reason}`}.`,
    { hint: 'Write minute, hour, day, month and day of the week, and an IANA time zone such as "Europe/Paris".' },
  );
}

export function tooManyRuns(): FlowdeckError {
  return new FlowdeckError<HostCode>('host-busy', 'The host has as many runs under way as it may.', {
    hint: 'Try again later, or raise maxRuns.',
  });
}

export function stopping(): FlowdeckError {
  return new FlowdeckError<HostCode>('host-stopping', 'The host is being stopped.', {
    hint: 'Try again when it is back.',
  });
}
