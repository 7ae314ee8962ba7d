/** Every error that the file journal raises, with its code, its place and what to do about it. */
import { FlowdeckError, RunError } from '@flowdeck/engine';
import type { HostCode } from '../codes.js';
import { reasonOf, type StoreErrors } from '../log/errors.js';

export function optionFaulty(option: string, expected: string): FlowdeckError {
  return new FlowdeckError<HostCode>('journal-option', `The journal option "${option}" must be ${expected}.`, {
    hint: `Pass ${expected} as "${option}" to fileJournal().`,
  });
}

export function openFailed(dir: string, cause: unknown): FlowdeckError {
  return new FlowdeckError<HostCode>('journal-open', `The journal directory cannot be used: ${reasonOf(cause)}`, {
    at: { file: dir },
    hint: 'Check that the path is a directory that this process may read and write.',
    cause,
  });
}

export function locked(file: string, pid: number): FlowdeckError {
  return new FlowdeckError<HostCode>('journal-locked', `The journal is in use by process ${pid}.`, {
    at: { file },
    hint: 'One process owns a journal directory at a time. Stop that process, or give this one a directory of its own.',
  });
}

export function corrupt(file: string, line: number, offset: number): FlowdeckError {
  return new FlowdeckError<HostCode>('journal-corrupt', `Line ${line} of the journal (byte ${offset}) is damaged.`, {
    at: { file },
    hint:
      'Intact entries follow it, so this is no interrupted write. Restore the file from a copy, ' +
      'or move it away: the runs recorded in it are then forgotten, and started again they repeat their effects.',
  });
}

export function signalMissing(run: string, n: number): RunError {
  return new RunError<HostCode>('journal-corrupt', `Signal ${n} of the run was received, but is not recorded.`, {
    at: { run },
    hint: 'A file of the journal is missing. Restore it from a copy, or start the run again under another id.',
  });
}

export function formatUnknown(file: string, format: unknown): FlowdeckError {
  return new FlowdeckError<HostCode>(
    'journal-format',
    `The journal has format ${JSON.stringify(format)}; this version reads 1.`,
    {
      at: { file },
      hint: 'Let the version of Flowdeck that wrote it finish its runs, or use another directory.',
    },
  );
}

export function writeFailed(run: string, cause: unknown): RunError {
  return new RunError<HostCode>('journal-write', `The journal could not be written: ${reasonOf(cause)}`, {
    at: { run },
    hint: 'The run stopped and is still unfinished. Make room on the disk or repair it, then resume the run.',
    cause,
  });
}

export function ownershipLost(): RunError {
  return new RunError<HostCode>('journal-lost', 'The lock file of the journal was removed or taken over.', {
    hint: 'The run is still unfinished. Leave the lock file alone, and open the journal again to resume it.',
  });
}

export function diskFailed(cause: unknown): RunError {
  return new RunError<HostCode>('journal-disk', `The disk no longer takes what is written: ${reasonOf(cause)}`, {
    hint: 'What was being written may be lost. Open the journal again when the disk is sound, and resume the run.',
    cause,
  });
}

export function journalClosed(run?: string): RunError {
  return new RunError<HostCode>('journal-closed', 'The journal was shut down.', {
    at: run === undefined ? {} : { run },
    hint: 'The run is still unfinished. Open the journal again to resume it.',
  });
}

export function revisionDiffers(run: string, recorded: Origin, found: Origin): RunError {
  return new RunError<HostCode>(
    'journal-revision',
    `The run began with flow "${recorded.flow}" at revision ${recorded.revision}, ` +
      `but was opened with flow "${found.flow}" at revision ${found.revision}.`,
    {
      at: { run, flow: recorded.flow },
      hint: `Resume it with revision ${recorded.revision}, or start a new run for the changed flow.`,
      extra: { recorded: recorded.revision, found: found.revision },
    },
  );
}

export function inputsDiffer(run: string, flow: string, part: 'inputs' | 'options'): RunError {
  return new RunError<HostCode>('journal-inputs', `The run began with other ${part} than it was opened with.`, {
    at: { run, flow },
    hint: `Resume it with the ${part} that unfinished() gives, or start a new run under another id.`,
  });
}

export interface Origin {
  readonly flow: string;
  readonly revision: string;
}

export function duplicateId(run: string, id: string): RunError {
  return new RunError<HostCode>('journal-duplicate-id', `The id "${id}" was used twice in one run.`, {
    at: { run },
    hint: 'Ids name one place of a run each. This is a fault of the interpreter: please report it.',
  });
}

export function kindDiffers(run: string, id: string, recorded: string, asked: string): RunError {
  return new RunError<HostCode>(
    'journal-mismatch',
    `"${id}" was recorded as ${recorded}, but the run now asks for ${asked}.`,
    {
      at: { run },
      hint: 'Resume the run with the version of the engine and of the packs that began it.',
    },
  );
}

export function runFormat(run: string): RunError {
  return new RunError<HostCode>('journal-format', 'The run was begun by another version, which writes otherwise.', {
    at: { run },
    hint: 'Let the version of Flowdeck that began it finish it, or start a new run.',
  });
}

export function runOpen(run: string): RunError {
  return new RunError<HostCode>('journal-run-open', `The run "${run}" is in progress in this process.`, {
    at: { run },
    hint: 'Wait for it to end, or start a run with another id.',
  });
}

export function runEnded(run: string): RunError {
  return new RunError<HostCode>('journal-run-ended', `The run "${run}" has ended.`, {
    at: { run },
    hint: 'Read its outcome with result(), or start a run with another id.',
  });
}

export function runUnknown(run: string): RunError {
  return new RunError<HostCode>('journal-run-unknown', `The journal knows no run "${run}".`, {
    at: { run },
    hint: 'Signals are kept for runs that have begun. Check the run id.',
  });
}

export function valueUnfit(run: string, what: string, cause: unknown): RunError {
  return new RunError<HostCode>('journal-value', `${what} cannot be recorded: ${reasonOf(cause)}`, {
    at: { run },
    hint: 'Only values that survive JSON can be recorded, beside dates and file references.',
    cause,
  });
}

export function waitFaulty(run: string, id: string, ms: number): RunError {
  return new RunError<HostCode>('journal-wait', `"${id}" asks to wait ${ms} milliseconds.`, {
    at: { run },
    hint: 'Wait a finite number of milliseconds.',
  });
}

/** What the log, its lock and its directory raise. */
export const journalErrors: StoreErrors = {
  locked,
  corrupt,
  formatUnknown,
  ownershipLost,
  diskFailed,
  closed: journalClosed,
  optionFaulty,
  openFailed,
};
