/** What a check is asked, and what it says. */
import type { FlowFile } from '@flowdeck/engine';
import type { FileDiagnostic } from '../errors.js';

export interface CheckRequest {
  /** Names given with `--pack`. */
  readonly packs: readonly string[];
  /** True: also what runs, and is probably not what was meant. */
  readonly lint: boolean;
}

export interface CheckedProject {
  /** What is sound enough to be counted: the document, or the deck of the files that are no broken ones. */
  readonly document: FlowFile | null;
  readonly diagnostics: readonly FileDiagnostic[];
  /** Ids of cards that no pack brings, but of which the document says what they take and give. */
  readonly simulated: readonly string[];
}
