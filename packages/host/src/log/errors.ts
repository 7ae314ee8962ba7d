/** What can go wrong with a log and its directory. Every store says it in its own words and codes. */
import { FlowdeckError, RunError } from '@flowdeck/engine';
import type { HostCode } from '../codes.js';
import type { Tail } from './segment.js';

export interface LogErrors {
  /** Another process owns the directory. */
  locked(file: string, pid: number): FlowdeckError;
  /** An acknowledged line is damaged. */
  corrupt(file: string, line: number, offset: number): FlowdeckError;
  /** Written by another version. */
  formatUnknown(file: string, format: unknown): FlowdeckError;
  /** The lock is gone. */
  ownershipLost(): FlowdeckError;
  /** What a failed write or flush leaves behind is not known. */
  diskFailed(cause: unknown): FlowdeckError;
  /** Appending after the end. */
  closed(): FlowdeckError;
}

export interface StoreErrors extends LogErrors {
  optionFaulty(option: string, expected: string): FlowdeckError;
  openFailed(dir: string, cause: unknown): FlowdeckError;
}

/** What is told of an end that was cut off. */
export function tailMessage(file: string, bytes: number, tail: Tail): string {
  return tail === 'cut'
    ? `An interrupted write of ${bytes} bytes was cut off from ${file}.`
    : `The last ${bytes} bytes of ${file} are damaged and were cut off: the machine lost power while they were written, ` +
        'or the file was changed. In the second case something that was acknowledged is lost.';
}

/** The message of whatever was thrown. */
export function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

/**
 * The errors of a store on disk. Codes are `PREFIX-locked`, `-corrupt`, `-format`, `-lost`, `-disk`, `-closed`,
 * `-option` and `-open`. What a flow meets while it runs is a RunError, which it can handle.
 */
export function storeErrors(prefix: 'tables' | 'files' | 'flows' | 'events', what: string): StoreErrors {
  return {
    locked: (file, pid) =>
      new FlowdeckError<HostCode>(`${prefix}-locked`, `${what} are in use by process ${pid}.`, {
        at: { file },
        hint: 'One process owns a directory at a time. Stop that process, or give this one a directory of its own.',
      }),
    corrupt: (file, line, offset) =>
      new FlowdeckError<HostCode>(
        `${prefix}-corrupt`,
        `Line ${line} of a file of ${what} (byte ${offset}) is damaged.`,
        {
          at: { file },
          hint: 'Intact lines follow it, so this is no interrupted write. Restore the directory from a copy.',
        },
      ),
    formatUnknown: (file, format) =>
      new RunError<HostCode>(
        `${prefix}-format`,
        `${what} are stored in format ${JSON.stringify(format)}; this version reads 1.`,
        { at: { file }, hint: 'Use the version of Flowdeck that wrote them, or another directory.' },
      ),
    ownershipLost: () =>
      new RunError<HostCode>(`${prefix}-lost`, `The lock file of ${what} was removed or taken over.`, {
        hint: 'Leave the lock file alone while a process uses the directory. Open it again.',
      }),
    diskFailed: (cause) =>
      new RunError<HostCode>(`${prefix}-disk`, `The disk no longer takes what is written: ${reasonOf(cause)}`, {
        hint: 'What was being written may be lost. Open the directory again when the disk is sound.',
        cause,
      }),
    closed: () =>
      new RunError<HostCode>(`${prefix}-closed`, `${what} were shut down.`, {
        hint: 'Open the directory again to use them.',
      }),
    optionFaulty: (option, expected) =>
      new FlowdeckError<HostCode>(`${prefix}-option`, `The option "${option}" of ${what} must be ${expected}.`, {
        hint: `Pass ${expected} as "${option}".`,
      }),
    openFailed: (dir, cause) =>
      new FlowdeckError<HostCode>(`${prefix}-open`, `The directory of ${what} cannot be used: ${reasonOf(cause)}`, {
        at: { file: dir },
        hint: 'Check that the path is a directory that this process may read and write.',
        cause,
      }),
  };
}
