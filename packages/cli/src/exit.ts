/** Exit codes, and which of them an error leads to. */

/** What the process says to the one who started it. */
export const EXIT = {
  /** The flow ended well, stopped early included; the files are sound. */
  ok: 0,
  /** The flow failed, or the command itself did. */
  failed: 1,
  /** The command was used wrongly: arguments, inputs, connections, packs, files that cannot be read. */
  usage: 2,
  /** The document is faulty. */
  document: 3,
  /** A limit or a time was exceeded, or the run was cancelled. */
  cutOff: 4,
  /** Nothing can be said: the service whose answer was asked for could not be reached, or not now. */
  unclear: 5,
} as const;

/** Codes of errors that end a run from outside the flow's own logic. */
const CUT_OFF: ReadonlySet<string> = new Set(['limit', 'timeout', 'cancelled', 'http-timeout', 'http-too-large']);

/** The exit code of a run that ended with this status and, if it failed, this error code. */
export function exitOfRun(status: string, errorCode: string | null): number {
  if (status === 'success' || status === 'stopped') return EXIT.ok;
  return status === 'cancelled' || (errorCode !== null && CUT_OFF.has(errorCode)) ? EXIT.cutOff : EXIT.failed;
}
