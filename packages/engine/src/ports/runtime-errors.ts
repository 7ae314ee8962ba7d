/** What every runtime says in the same words, whichever engine is behind it. */
import { FlowdeckError } from '../errors.js';

/**
 * Version of the way in which flows are carried out. It grows when a release would ask a runtime for other things than the
 * one before for the same flow: a run ends with the version that it began with.
 */
export const INTERPRETER = '1';

/** `what`: the server or database, with its address. */
export function runtimeAway(what: string, cause: unknown): FlowdeckError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new FlowdeckError('runtime-away', `${what} cannot be reached: ${why}`, {
    hint: 'Start it, or correct its address. Runs that it keeps are not lost.',
    cause,
  });
}

/** `what` as in `runtimeAway`; `why`: what it said. */
export function runtimeRefused(what: string, why: string): FlowdeckError {
  return new FlowdeckError('runtime-refused', `${what} does not let you in: ${why}`, {
    hint: 'Give the token, or the name and password, that it was started with.',
  });
}

/** `what` as in `runtimeAway`; `how`: what was seen of it. */
export function runtimeDiffers(what: string, how: string): FlowdeckError {
  return new FlowdeckError('runtime-differs', `${what} is another program, or another version of it: ${how}.`, {
    hint: 'Correct the address, or use the version that the README of the package names. Runs are not lost.',
  });
}

/** A runtime was asked for a run that it does not have. */
export function runUnknown(runId: string): FlowdeckError {
  return new FlowdeckError('run-unknown', `The runtime has no run ${JSON.stringify(runId)}.`, {
    at: { run: runId },
    hint: 'Check the id. A runtime forgets runs some time after they have ended.',
  });
}

/** A signal came for a run that has ended. */
export function runOver(runId: string): FlowdeckError {
  return new FlowdeckError('run-ended', `The run ${JSON.stringify(runId)} has ended: it takes no signal any more.`, {
    at: { run: runId },
    hint: 'Look at how it ended: flowdeck runs show.',
  });
}

/** `recorded`: the version that the run began with. */
export function interpreterDiffers(runId: string, recorded: string, own: string): FlowdeckError {
  return new FlowdeckError(
    'interpreter-differs',
    `The run began with version ${JSON.stringify(recorded)} of the interpreter, and this worker has ${JSON.stringify(own)}.`,
    {
      at: { run: runId },
      hint: 'Keep a worker of that version until its runs have ended. The run waits for it.',
    },
  );
}
