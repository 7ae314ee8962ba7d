/** What a host gets when a run has ended. */
import { CancelledError } from '../errors.js';
import type { Redactor } from '../observe/index.js';
import { type ErrorReport, reportError } from '../run/error-report.js';
import type { FlowOutcome } from '../run/outcome.js';
import type { RunResult } from '../run/result.js';
import type { Run } from '../run/run.js';

export function resultOf(run: Run, outcome: FlowOutcome | null, error: unknown): RunResult {
  const { tree } = run;
  const facts = {
    runId: run.id,
    steps: tree.steps,
    durationMs: run.elapsedMs,
    answer: tree.answer,
    children: (tree.children ?? []).map((child) => ({
      ...child,
      error: child.error === null ? null : redacted(child.error, run.redactor),
    })),
    // What a card learned later may be a secret, too.
    ignored: (tree.ignored ?? []).map((item) => ({ ...item, error: run.redactor.redact(item.error) })),
    tables: (tree.tables?.reports ?? []).map((table) => ({ ...table, changes: run.redactor.redact(table.changes) })),
    omitted: { children: tree.moreChildren, ignored: tree.moreIgnored },
  };
  if (outcome === null) {
    const status = isCancelled(error) ? 'cancelled' : 'error';
    return { status, outputs: null, value: null, error: redacted(error, run.redactor), ...facts };
  }
  const status = outcome.kind === 'stop' ? 'stopped' : 'success';
  return { status, outputs: outcome.nested, value: outcome.value, error: null, ...facts };
}

function isCancelled(error: unknown): boolean {
  return error instanceof CancelledError || reportError(error).code === 'cancelled';
}

function redacted(error: unknown, redactor: Redactor): ErrorReport {
  const { cause, ...report } = reportError(error);
  // For debuggers only: a JSON text of the result has no place for it.
  return Object.defineProperty(redactor.redact(report), 'cause', {
    value: redactor.redactError(cause),
    enumerable: false,
  });
}
