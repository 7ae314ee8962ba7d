/** Forgets what runs have left in an annex. */
import type { RunAnnex } from '../ports/index.js';

/**
 * Forgets the texts of runs that are over. `underWay` says which of these runs are not: a runtime knows a run before it
 * remembers anything of it.
 *
 * @example
 * await sweepAnnex(annex, async (runIds) => new Set(await runsUnderWay(runIds)));
 */
export async function sweepAnnex(
  annex: Pick<RunAnnex, 'runs' | 'remove'>,
  underWay: (runIds: readonly string[]) => Promise<ReadonlySet<string>>,
): Promise<void> {
  const runIds = await annex.runs();
  if (runIds.length === 0) return;
  const kept = await underWay(runIds);
  for (const runId of runIds) if (!kept.has(runId)) await annex.remove(runId);
}
