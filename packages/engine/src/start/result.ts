/** What a host gets when a run has ended. */
import { CancelledError } from '../errors.js';
import { type ErrorReport, reportError } from '../run/error-report.js';
import { type Limits, withinOutputLength } from '../run/limits.js';
import type { FlowOutcome } from '../run/outcome.js';
import { withinRecord } from '../run/record-size.js';
import type { RunResult } from '../run/result.js';
import type { Run } from '../run/run.js';

/** What most results say. Frozen, since every host gets the same. */
const NOTHING_TOLD: readonly never[] = Object.freeze([]);
const NOTHING_OMITTED = Object.freeze({ children: 0, ignored: 0 });

/** Written out member by member: a run of one card takes little longer than this. */
export function resultOf(run: Run, outcome: FlowOutcome | null, error: unknown): RunResult {
  const { tree } = run;
  const { steps, answer } = tree;
  const runId = run.id;
  const durationMs = run.world.clock.elapsed() - run.startedElapsed;
  const children = childrenOf(run);
  // What a card learned later may be a secret, too.
  const ignored = tree.ignored?.map((item) => ({ ...item, error: run.redactor.redact(item.error) })) ?? NOTHING_TOLD;
  const tables =
    tree.tables?.reports.map((table) => ({ ...table, changes: run.redactor.redact(table.changes) })) ?? NOTHING_TOLD;
  const moreChildren = tree.beside?.moreChildren ?? 0;
  const omitted =
    moreChildren + tree.moreIgnored === 0 ? NOTHING_OMITTED : { children: moreChildren, ignored: tree.moreIgnored };
  if (outcome === null) {
    const status = isCancelled(error) ? 'cancelled' : 'error';
    const report = redacted(error, run);
    return {
      status,
      outputs: null,
      value: null,
      error: report,
      runId,
      steps,
      durationMs,
      answer,
      children,
      ignored,
      tables,
      omitted,
    };
  }
  return {
    status: outcome.kind === 'stop' ? 'stopped' : 'success',
    outputs: outcome.nested,
    value: outcome.value,
    error: null,
    runId,
    steps,
    durationMs,
    answer,
    children,
    ignored,
    tables,
    omitted,
  };
}

function childrenOf(run: Run): RunResult['children'] {
  if (run.tree.beside === null) return NOTHING_TOLD;
  return run.tree.beside.children.map((child) => ({
    ...child,
    error: child.error === null ? null : redacted(child.error, run),
  }));
}

function isCancelled(error: unknown): boolean {
  return error instanceof CancelledError || reportError(error).code === 'cancelled';
}

function redacted(error: unknown, { redactor, limits, seam }: Run): ErrorReport {
  const { cause, ...report } = boundedReport(reportError(error), limits, seam.isDurable);
  // For debuggers only: a JSON text of the result has no place for it.
  return Object.defineProperty(redactor.redact(report), 'cause', {
    value: redactor.redactError(cause),
    enumerable: false,
  });
}

/** The limit in place of an error that would be too long as text. */
function boundedReport(report: ErrorReport, limits: Limits, isRemembered: boolean): ErrorReport {
  const { extra, at, path, cause } = report;
  if (extra === undefined) return report;
  try {
    const short = withinOutputLength(extra, limits, at);
    if (isRemembered) withinRecord(short, limits, { what: 'What the run fails with', at });
    return report;
  } catch (limit) {
    return { ...reportError(limit), path, cause };
  }
}
