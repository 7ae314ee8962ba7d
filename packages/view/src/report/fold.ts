/** Which executions a report tells of one by one: all, or of a long run those that matter and the newest. */
import type { ExecutionEntry, History } from '@flowdeck/engine';
import { executionsOf } from '@flowdeck/engine/kit';

/** What is told, and how much is not. */
export interface Kept {
  /** In the order of their starts. */
  readonly executions: readonly ExecutionEntry[];
  readonly folded: { readonly executions: number; readonly steps: number };
}

/**
 * Keeps what failed with the executions that led there, and what was never ended; then the newest that ended well, as long
 * as there is room for their cards. What the history itself dropped is counted too.
 */
export function keep(history: History, maxSteps: number): Kept {
  const all = executionsOf(history);
  const kept = mustKeep(all);
  let room = maxSteps;
  for (const { id, cards } of all) if (kept.has(id)) room -= sizeOf(cards);
  const newest = [...all].reverse();
  for (const { id, cards } of newest) {
    if (kept.has(id)) continue;
    room -= sizeOf(cards);
    if (room < 0) break;
    kept.add(id);
  }
  const executions = all.filter(({ id }) => kept.has(id));
  const told = new Set(executions);
  let steps = 0;
  for (const each of all) steps += told.has(each) ? each.dropped.cards : each.counts.cards;
  return {
    executions,
    folded: { executions: all.length - executions.length + history.dropped.executions, steps },
  };
}

function mustKeep(all: readonly ExecutionEntry[]): Set<string> {
  const parents = new Map(all.map(({ id, parentExecutionId }) => [id, parentExecutionId]));
  const kept = new Set<string>();
  for (const { id, status, parentExecutionId } of all) {
    if (parentExecutionId !== null && (status === 'success' || status === 'stopped')) continue;
    for (let at: string | null | undefined = id; typeof at === 'string' && !kept.has(at); at = parents.get(at))
      kept.add(at);
  }
  return kept;
}

function sizeOf(pages: ExecutionEntry['cards']): number {
  return pages.reduce((sum, page) => sum + page.length, 0);
}
