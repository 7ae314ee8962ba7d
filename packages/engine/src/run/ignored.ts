/** Tells of an item that failed, and that a card went on without: small enough to keep a hundred of them. */
import { boundText, type Redactor } from '../observe/index.js';
import type { Step } from '../plan/index.js';
import { type ErrorReport, reportError } from './error-report.js';
import type { Execution } from './execution.js';
import { Failure } from './failure.js';

/** An item whose failure a card swallowed. */
export interface IgnoredReport {
  /** The card that went on, and its flow. */
  readonly flow: string;
  /** Id of the card that went on. */
  readonly card: string;
  /** Position of the item, from 0. */
  readonly index: number;
  /** Why, as a result tells an error; without `extra`, which may hold whole answers of services. */
  readonly error: Omit<ErrorReport, 'extra' | 'cause'>;
}

/** Characters of a message that are kept. */
const MOST_MESSAGE = 2_000;

export function ignoredReport(
  error: unknown,
  index: number,
  step: Step,
  execution: Execution,
  redactor: Redactor,
): IgnoredReport {
  // What the flow threw has its place already; reading the inputs of an item may fail, too.
  const failure = error instanceof Failure ? error : new Failure(error, step, execution);
  const { cause: _, extra: __, ...told } = reportError(failure);
  // Redacted before it is cut: half of a secret would not be known again.
  const report = redactor.redact(told);
  return {
    flow: execution.plan.id,
    card: step.id,
    index,
    error: { ...report, message: boundText(report.message, MOST_MESSAGE) },
  };
}
