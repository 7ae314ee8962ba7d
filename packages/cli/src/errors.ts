/** Errors of the command itself, and the exit code that every error leads to. */
import { type Diagnostic, DocumentError, FlowdeckError } from '@flowdeck/engine';
import { EXIT } from './exit.js';

/** The command was used wrongly. Exit code 2. */
export class UsageError extends FlowdeckError {}

/** A diagnostic, and where it stands for a reader: 1-based, null when the file has no such place. */
export interface Finding extends Diagnostic {
  readonly file: string;
  readonly line: number | null;
  readonly column: number | null;
}

/** One or more files of a deck are faulty. Exit code 3. */
export class FaultyDeck extends DocumentError {
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    super(findings);
    this.findings = findings;
  }
}

/** What went wrong outside a run was asked for wrongly, or is a faulty document; anything else is our own fault. */
export function exitOfError(error: unknown): number {
  if (error instanceof DocumentError) return EXIT.document;
  return error instanceof FlowdeckError ? EXIT.usage : EXIT.failed;
}
