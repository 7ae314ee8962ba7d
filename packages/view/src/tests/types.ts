/** What the page of tests is made of: cases as the host that ran them knows them. */
import type { FlowFile, History } from '@flowdeck/engine';
import type { Redactor } from '@flowdeck/engine/kit';
import type { KnownCard } from '../model.js';

/** One thing that is not as expected. */
export interface ReportedFailure {
  /** What was judged, and the place in it, such as `outputs/id`. */
  readonly where: string;
  /** Of `docs/errors.md`. Absent: it is a matter of comparing. */
  readonly code?: string;
  /** What is wrong, where two values do not say it. */
  readonly message?: string;
  /** What to do about it. */
  readonly hint?: string;
  /** What should have come. Absent: it cannot be shown. */
  readonly expected?: unknown;
  /** What came. Absent: nothing, or it cannot be shown. */
  readonly actual?: unknown;
}

/** One call at the border of a case. */
export interface ReportedCall {
  /** What was called, such as `crm.read` or `GET https://example.com/`. */
  readonly name: string;
  /** Flow and card that made it, as `flow/card`; null: not known. */
  readonly at: string | null;
  /** What it was given. */
  readonly inputs: unknown;
  /** What it was answered; null: it failed. */
  readonly outputs: unknown;
  /** Why it failed; null: it did not. */
  readonly error: string | null;
}

/** One case, and what came of it. */
export interface ReportedTest {
  /** The suite and the id of the case. */
  readonly name: string;
  /** Where it stands, such as `orders.test.json:12`. Null: not known. */
  readonly place: string | null;
  /** What it proves, in a sentence. Null: it does not say. */
  readonly proves: string | null;
  /** What came of it. */
  readonly status: 'passed' | 'failed' | 'skipped';
  /** Why it is skipped. */
  readonly reason?: string;
  /** Empty unless it failed. */
  readonly failures: readonly ReportedFailure[];
  /** A line that runs this case alone. Absent: none is told. */
  readonly again?: string;
  /** What its observer recorded. Null: it did not run. */
  readonly history: History | null;
  /** What the case ran on, for its picture. Null: nothing can be drawn. */
  readonly document: FlowFile | null;
  /** Calls at the border, in order. */
  readonly calls: readonly ReportedCall[];
}

/** What of one flow the tests went through. */
export interface ReportedCoverage {
  /** Path of what the flow belongs to. */
  readonly subject: string;
  /** The deck that the flow stands in. */
  readonly document: FlowFile;
  /** Its id. */
  readonly flow: string;
  /** In words, such as `cards 3 of 4`. */
  readonly shares: readonly string[];
  /** What no case went through. */
  readonly missing: readonly ReportedGap[];
}

/** Something that no case went through. */
export interface ReportedGap {
  /** What was missed. */
  readonly kind: 'card' | 'branch' | 'error';
  /** Id of the card. */
  readonly card: string;
  /** Of a branch: which. */
  readonly branch?: string;
}

/** A run of tests, as its page tells of it. */
export interface ReportedTests {
  /** In the order in which they ran; the page shows those that failed first. */
  readonly tests: readonly ReportedTest[];
  /** What is wrong with files that could not be read, each in a sentence with its place. */
  readonly faults: readonly string[];
  /** Null: it was not measured. */
  readonly coverage: readonly ReportedCoverage[] | null;
  /** What is below what was asked for, each in a sentence. */
  readonly below: readonly string[];
  /** The card types that the pictures go by. */
  readonly card: KnownCard;
  /** What must not be in the page. Absent: nothing is secret. */
  readonly secrets?: Redactor;
}
