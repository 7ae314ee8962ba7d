/** Errors of a host. */
import { FlowdeckError, type FlowInfo } from '@flowdeck/engine';
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
