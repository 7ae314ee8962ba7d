/** Errors of the command itself, and the exit code that every error leads to. */
import { type Diagnostic, DocumentError, FlowdeckError } from '@flowdeck/engine';
import type { CliCode } from './codes.js';
import { EXIT } from './exit.js';

/** The command was used wrongly. Exit code 2. */
export class UsageError extends FlowdeckError<CliCode> {}

/** A diagnostic of a file that the command was given. */
export type FileDiagnostic = Diagnostic & { readonly file: string };

/** One or more files of a deck are faulty. Exit code 3. */
export class FaultyDeck extends DocumentError {
  override readonly diagnostics: readonly FileDiagnostic[];

  constructor(diagnostics: readonly FileDiagnostic[]) {
    super(diagnostics);
    this.diagnostics = diagnostics;
  }
}

/** Codes of a service that could not say anything. */
const UNCLEAR: ReadonlySet<string> = new Set(['login-unclear']);

/** Nothing was asked wrongly: what answered is at fault. */
const ANSWERED_WRONGLY: ReadonlySet<string> = new Set(['lookup-answer']);

/** What went wrong outside a run was asked for wrongly, or is a faulty document; anything else is our own fault. */
export function exitOfError(error: unknown): number {
  if (error instanceof DocumentError) return EXIT.document;
  if (error instanceof UsageError && UNCLEAR.has(error.code)) return EXIT.unclear;
  return error instanceof FlowdeckError && !ANSWERED_WRONGLY.has(error.code) ? EXIT.usage : EXIT.failed;
}
